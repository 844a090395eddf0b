// What the playground may cost: bytes, and time until it can be used.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { withPlayground } from './page.mjs';

const ASSETS = new URL('../../www/dist/assets/', import.meta.url);
/** The files that are the package's own: the page, the worker, what it loads by itself. */
const OF_THE_PACKAGE = /^(ao-unit|worker|here|wasm|chunk|fetch|secp256k1)-/;

test('the code of the playground is at most 250 kB gzip, beyond the package', async () => {
  const scripts = (await readdir(ASSETS)).filter((name) => name.endsWith('.js') && !OF_THE_PACKAGE.test(name));
  const sizes = await Promise.all(scripts.map(async (name) => gzipSync(await readFile(new URL(name, ASSETS))).length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(scripts.length >= 2 && total > 50_000, `${scripts} are all there is`);
  assert.ok(total <= 250_000, `${total} bytes: ${scripts}`);
});

test('with a warm cache the first screen can be used within a second', { timeout: 120_000 }, (t) =>
  withPlayground(async ({ page }) => {
    // The first loads fill the caches of the browser, the compiled code among them.
    for (let warm = 0; warm < 2; warm += 1) {
      await page.reload();
      await page.getByRole('textbox', { name: 'Lua source' }).waitFor();
      await page.waitForTimeout(500);
    }
    const times = [];
    for (let round = 0; round < 5; round += 1) {
      await page.reload({ waitUntil: 'commit' });
      times.push(await page.evaluate(usable));
    }
    times.sort((one, other) => one - other);
    t.diagnostic(`usable after ${times.map((time) => Math.round(time)).join(', ')} ms`);
    assert.ok(times[2] <= 1000, `the median of ${times} ms`);
  }),
);

/** When Run can be pressed and the editor be typed into, in milliseconds since the navigation began. */
function usable() {
  return new Promise((resolve) => {
    const look = () => {
      const run = [...document.querySelectorAll('button')].find((button) => button.textContent === 'Run');
      const editor = document.querySelector('[contenteditable="true"][aria-label="Lua source"]');
      if (run && !run.disabled && editor) resolve(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });
}
