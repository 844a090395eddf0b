// A page that has the kit, for as long as the tests of one file take.

import { test } from 'node:test';
import { withBrowser } from '../demo/browser.mjs';

/** A test whose parts share a browser: `parts(part, { page, open })`, of which `open` loads the page anew. */
export function inBrowser(name, parts) {
  test(name, { timeout: 120_000 }, (t) =>
    withBrowser(async ({ page, origin, complaints }) => {
      const open = async () => {
        await page.goto(`${origin}/unit-api/`);
        await page.waitForFunction(() => globalThis.kit !== undefined);
      };
      await open();
      await parts((what, run) => t.test(what, { timeout: 60_000 }, run), { page, open, complaints });
    }),
  );
}
