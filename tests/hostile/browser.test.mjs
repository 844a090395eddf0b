// The same corpus in Chromium, in a page of its own: the same outcomes, a page that is as it was, and a tab that stays
// within its limits.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';
import { memoryOf, renderers } from '../demo/system.mjs';
import { MOST_BYTES } from './corpus.mjs';

const HERE = { '/hostile/': fileURLToPath(new URL('.', import.meta.url)) };

test('the corpus does no harm to a page that holds its unit', { timeout: 600_000 }, (t) =>
  withBrowser(
    async ({ page, origin, complaints }) => {
      await page.goto(`${origin}/hostile/page.html`);
      await page.waitForFunction(() => globalThis.hostile !== undefined);
      const before = await page.evaluate(surroundings);
      let most = 0;
      const looking = setInterval(() => (most = Math.max(most, renderers().reduce((sum, id) => sum + memoryOf(id), 0))), 250);
      for (const file of await page.evaluate(() => hostile.FILES)) {
        await t.test(file, { timeout: 300_000 }, async () => {
          const wrong = await page.evaluate(run, file);
          assert.deepEqual(wrong, []);
        });
      }
      clearInterval(looking);
      t.diagnostic(`the tab had ${Math.round(most / 1e6)} MB at most`);
      assert.ok(most > 0 && most < MOST_BYTES, `the tab had ${most} bytes`);
      assert.deepEqual(await page.evaluate(surroundings), before, 'what the page had is what it has');
      assert.deepEqual(complaints, []);
    },
    { folders: { ...HERE, ...FOLDERS } },
  ),
);

/** In the page: what is not as it should be, entry by entry. */
async function run(file) {
  const { aftermath, attack, entriesOf, stage } = hostile;
  const entries = entriesOf(await (await fetch(`/hostile/${file}.lua`)).text());
  const ends = [];
  const staged = await stage(hostile.openTestUnit, { after: (end) => ends.push(end) });
  const all = [];
  for (const entry of entries) {
    const { wrong } = await attack(staged, entry);
    all.push(...wrong.map((what) => `${entry.title}: ${what}`));
  }
  all.push(...(await aftermath(staged)));
  for (const end of ends) await end();
  return all;
}

/** In the page: what a process could have reached, if it could reach anything. */
function surroundings() {
  return {
    title: document.title,
    elements: document.querySelectorAll('*').length,
    globals: Object.keys(globalThis).sort(),
    stored: localStorage.length,
    prototypes: [Object, Array, String, Promise].map(({ prototype }) => Object.getOwnPropertyNames(prototype).length),
  };
}
