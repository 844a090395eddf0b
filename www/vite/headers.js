import { policyOf, WORKER_POLICY } from './policy.js';

/**
 * What a host sends with a file of the build, by its path. With pages, their policy; and with every one but `embed.html`,
 * that no page of somebody else's shows it in a frame, where a reader could be led to press Run, or to sign, without seeing
 * it: a policy in the page itself cannot say this. With scripts, the policy of workers, for which nothing else says one.
 */
export function headersOf(path) {
  const file = path.split('/').at(-1);
  const always = { 'X-Content-Type-Options': 'nosniff' };
  if (/\.js$/.test(file)) return { ...always, 'Content-Security-Policy': WORKER_POLICY };
  if (!/^[^.]*(\.html)?$/.test(file)) return always;
  const page = file === '' ? 'index.html' : file.replace(/^([^.]+)$/, '$1.html');
  if (page === 'embed.html') return { ...always, 'Content-Security-Policy': policyOf(page) };
  return { ...always, 'Content-Security-Policy': `${policyOf(page)}; frame-ancestors 'none'`, 'X-Frame-Options': 'DENY' };
}

/** Has `vite preview`, and with it `cargo xtask start`, send them. */
export function headers() {
  return {
    name: 'headers',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url, 'http://localhost');
        for (const [name, value] of Object.entries(headersOf(pathname))) response.setHeader(name, value);
        next();
      });
    },
  };
}
