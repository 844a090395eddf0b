// What axe-core finds in every view, light and dark, wide and narrow: nothing serious.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { withPlayground } from './page.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = ['Example', 'Console', 'Messages', 'State', 'Time', 'Processes'];
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

test('axe-core finds nothing serious in any view, in either theme, wide or narrow', { timeout: 300_000 }, (t) =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.example('Token with a holder chart');
    await playground.run();
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.getByText('✓ As the example says').nth(3).waitFor();
    for (const view of VIEWS) {
      await t.test(view, async () => {
        await playground.view(view);
        await audit(page, view);
      });
    }
    for (const view of ['Graph', 'Clock and cron', 'Storage']) {
      await t.test(view, async () => {
        await playground.view('Processes');
        await playground.view(view);
        await audit(page, view);
      });
    }
    for (const [button, dialog] of [
      [/^Wallet/, 'Who signs'],
      ['Share', 'Share'],
    ]) {
      await t.test(dialog, async () => {
        await page.getByRole('button', { name: button }).click();
        await page.getByRole('dialog', { name: dialog }).waitFor();
        await audit(page, dialog);
        await page.getByRole('button', { name: 'Close' }).click();
      });
    }
    assert.deepEqual(complaints, []);
  }),
);

test('nothing is wider than a narrow screen', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page }) => {
    await page.setViewportSize(SIZES[1]);
    await playground.example('A paper and three readers');
    await playground.run();
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.getByText('✓ As the example says').nth(3).waitFor();
    for (const view of VIEWS) {
      await playground.view(view);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= SIZES[1].width, `${view} is ${width} pixels wide`);
    }
  }),
);

async function audit(page, view) {
  for (const size of SIZES) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // The policy of the page lets no text become code: the test runs it from outside.
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      const found = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`);
      assert.deepEqual(found, [], `${view}, ${size.width} pixels, ${colorScheme}`);
    }
  }
  await page.setViewportSize(SIZES[0]);
}
