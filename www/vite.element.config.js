import { defineConfig } from 'vite';

// <ao-playground>: one file beside the pages, which any other page can name.
export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    emptyOutDir: false,
    lib: { entry: 'src/embed/element.ts', formats: ['es'], fileName: () => 'ao-playground.js' },
  },
});
