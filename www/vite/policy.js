/** Their own files, and wasm: no text becomes code, whatever a process or a link says. */
const OWN = ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'"];
const PAGE = [
  ...OWN,
  // The editor makes a style sheet, which it marks with this word: see `editor/code-editor.ts`. Pages that are static files
  // cannot have another word each time: whoever could add an element could copy it. Their style sheet would load nothing
  // from elsewhere, by the other rules.
  "style-src 'self' 'nonce-editor'",
  // Chromium writes such attributes by itself when a visitor types over what is selected in the editor.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];
/** Processes are archived at a bundler of the reader's choice, wherever that is; on this computer, without TLS, too. */
const ANYWHERE = "connect-src 'self' https: http://localhost:* http://127.0.0.1:*";
const NOWHERE = "connect-src 'self'";

/** What a page may load and run, by its file. */
export function policyOf(page) {
  return [...PAGE, page === 'index.html' ? ANYWHERE : NOWHERE].join('; ');
}

/** What a worker may. It has no page's policy: the host has to send it with the script, or there is none. */
export const WORKER_POLICY = [...OWN, NOWHERE].join('; ');

/** Puts the policy into the pages that are built; the development server has scripts of its own in them. */
export function policy() {
  const meta = (content) => ({ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' });
  return { name: 'policy', apply: 'build', transformIndexHtml: (_, { path }) => [meta(policyOf(path.split('/').at(-1)))] };
}
