/**
 * What the pages may load and run: their own files, and wasm. No text becomes code, whatever a process or a link says.
 * Processes are archived at a bundler of the reader's choice, which is why connections go out.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  // The editor makes a style sheet, which it marks with this word: see `editor/code-editor.ts`.
  "style-src 'self' 'nonce-editor'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Puts the policy into the pages that are built; the development server has scripts of its own in them. */
export function policy() {
  const meta = { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' };
  return { name: 'policy', apply: 'build', transformIndexHtml: () => [meta] };
}
