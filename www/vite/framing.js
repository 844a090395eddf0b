/**
 * What a host sends with every page but `embed.html`: no page of somebody else's shows it in a frame, where a reader
 * could be led to press Run, or to sign, without seeing it. A policy in the page itself cannot say this.
 */
export const UNFRAMED = { 'Content-Security-Policy': "frame-ancestors 'none'", 'X-Frame-Options': 'DENY' };

/** Has `vite preview`, and with it `cargo xtask start`, send them. */
export function framing() {
  return {
    name: 'framing',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url, 'http://localhost');
        if (!/^\/embed(\.html)?$/.test(pathname)) for (const [name, value] of Object.entries(UNFRAMED)) response.setHeader(name, value);
        next();
      });
    },
  };
}
