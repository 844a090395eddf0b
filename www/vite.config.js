import { defineConfig } from 'vite';
import { besidePages } from './vite/beside-pages.js';
import { policy } from './vite/policy.js';

export default defineConfig({
  // The build is static files that may lie in any folder.
  base: './',
  // The unit's worker is a module.
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    rollupOptions: { input: ['index.html', 'embed.html'] },
  },
  plugins: [policy(), besidePages()],
});
