// What axe-core finds in every view, light and dark, wide and narrow: nothing serious.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { deflateRawSync } from 'node:zlib';
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

test('axe-core finds nothing serious in what is seen now and then: a link, a failure, what the editor offers, a snippet', { timeout: 300_000 }, () =>
  withPlayground(async ({ playground, page, origin }) => {
    for (const [state, show] of RARE) {
      await show({ playground, page, origin });
      await audit(page, state);
    }
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

/** States that are not met by looking through the views, and how to come to them. */
const SHARED = {
  title: 'Echo',
  description: 'It echoes.',
  files: [{ name: 'main.lua', text: 'Handlers.add("Echo", function(msg) msg.reply({ Data = msg.Data }) end)\n' }],
  steps: [{ says: 'Alice calls.', from: 'alice', tags: { Action: 'Echo' }, data: 'Hello', expected: {} }],
};
const FRAGMENT = `v1.${deflateRawSync(JSON.stringify(SHARED)).toString('base64url')}`;
const RARE = [
  ['a refused link', async ({ page, origin }) => {
    await page.goto(`${origin}/www/index.html#v9.abc`);
    await page.getByRole('alert').filter({ hasText: 'version v9' }).waitFor();
  }],
  ['a received link', async ({ page, origin }) => {
    await page.getByRole('alert').getByRole('button', { name: 'Close' }).click();
    await page.goto(`${origin}/www/index.html#${FRAGMENT}`);
    await page.getByText('“Echo” came with a link').waitFor();
  }],
  ['the field for a new file', async ({ page }) => {
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByRole('button', { name: 'Add a file' }).click();
    await page.getByRole('textbox', { name: 'Name of the new file' }).waitFor();
  }],
  ['the keys', async ({ page }) => {
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Keys', { exact: true }).click();
  }],
  ['a failed run', async ({ playground, page }) => {
    await page.getByText('Keys', { exact: true }).click();
    await playground.write('local b = nothing.at.all');
    await playground.run();
    await page.getByRole('note', { name: 'error in line 1' }).waitFor();
  }],
  ['a snippet', async ({ page, origin }) => {
    await page.goto(`${origin}/www/embed.html#${FRAGMENT}`);
    await page.getByRole('listitem', { name: 'Alice calls.' }).waitFor();
    await page.setViewportSize(SIZES[1]);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= SIZES[1].width, 'the snippet fits');
  }],
];

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
