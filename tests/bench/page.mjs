// Chromium with the page that visitors measure with: its parts, asked from here.

import { fileURLToPath } from 'node:url';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const BENCH_FOLDERS = {
  '/start/': path('./page/'),
  '/wasmoon/': fileURLToPath(new URL('.', import.meta.resolve('wasmoon'))),
  ...FOLDERS,
};
/** A log of 100,000 messages takes its time. */
const PATIENCE_MS = 600_000;

/** Runs `use({ open, page, origin, version })`; `open()` resolves to a fresh page's `part(name, …)`. */
export function withBenchPage(use) {
  return withBrowser(
    async ({ page, origin, version }) => {
      page.context().setDefaultTimeout(PATIENCE_MS);
      const open = async (on = page) => {
        await on.goto(`${origin}/www/bench.html`);
        await on.waitForFunction(() => 'bench' in globalThis);
        return (name, ...rest) => on.evaluate(([name, rest]) => globalThis.bench[name](...rest), [name, rest]);
      };
      return use({ open, page, origin, version });
    },
    // As a host of files that have their versions in their names does it: who comes back has them.
    { folders: BENCH_FOLDERS, keeps: true },
  );
}
