import { defineConfig } from 'vite';
import { besidePages } from './vite/beside-pages.js';
import { headers } from './vite/headers.js';
import { policy } from './vite/policy.js';

export default defineConfig({
  // The build is static files that may lie in any folder.
  base: './',
  // The unit's worker is a module.
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    // The editor is one large piece, and may be.
    chunkSizeWarningLimit: 600,
    rollupOptions: { input: ['index.html', 'embed.html', 'bench.html'], output: { manualChunks: chunkOf } },
  },
  plugins: [policy(), headers(), besidePages()],
});

/** What changes at its own pace is a file of its own: the package, and the editor. */
function chunkOf(id) {
  if (/\/pkg\/dist\/(index|unit|wallet)\.js$/.test(id)) return 'ao-unit';
  if (/\/node_modules\/(@codemirror|@lezer|style-mod|crelt|w3c-keyname)\//.test(id)) return 'editor';
  return undefined;
}
