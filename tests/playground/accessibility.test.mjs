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
    for (const view of ['List', 'Graph', 'Clock and cron', 'Storage']) {
      await t.test(view, async () => {
        await playground.view('Processes');
        await playground.view(view);
        await audit(page, view);
      });
    }
    await t.test('all that can be done with a process, its archive too', async () => {
      await playground.view('List');
      await page.getByText(/^More about /).click();
      await page.getByLabel('Bundler').waitFor();
      await audit(page, 'a process');
    });
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
    await page.getByRole('button', { name: 'Keep this code' }).click();
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
  ['the console with output', async ({ playground, page }) => {
    await playground.write('print(Colors.green .. "hello" .. Colors.reset)\nHandlers.add("Echo", function(msg) msg.reply({ Data = msg.Data }) end)\n');
    await playground.run();
    await playground.view('Console');
    const prompt = page.getByRole('textbox', { name: 'Lua for the process' });
    for (const typed of ['Colors.red .. "red" .. Colors.gray .. " and gray"', 'error("an error")', '.help', '{ a = { 1, 2 }, b = "x" }']) {
      await prompt.fill(typed);
      await prompt.press('Enter');
    }
    await page.getByRole('log').getByText('an error').first().waitFor();
    await page.getByRole('log').getByText('.editor').first().waitFor();
  }],
  ['a chosen message with its tree', async ({ playground, page }) => {
    await playground.example('Ping-pong');
    await playground.run();
    await page.getByRole('button', { name: /^Send: Ping serves/ }).click();
    await page.getByText('✓ As the example says').waitFor();
    const panel = await playground.view('Messages');
    await panel.getByRole('listbox', { name: 'Messages' }).getByRole('option', { name: /Serve/ }).click();
    await page.getByRole('tree', { name: 'What it set off' }).getByRole('treeitem', { level: 11 }).waitFor();
    await panel.getByRole('region', { name: 'Outcome' }).getByRole('list', { name: 'Messages' }).getByText('Ball').click();
    await panel.getByRole('table', { name: 'Tags of message 1' }).waitFor();
  }],
  ['crons that tick', async ({ playground, page }) => {
    await playground.example('Cron counter');
    await playground.run();
    await playground.view('Processes');
    await playground.view('Clock and cron');
    await page.getByRole('button', { name: 'Monitor Cron counter' }).click();
    await page.getByRole('status', { name: 'Work' }).filter({ hasText: 'ticks by itself' }).waitFor();
  }],
  ['a list of completions', async ({ page }) => {
    await page.getByRole('textbox', { name: 'Lua source' }).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nHand');
    await page.locator('.cm-tooltip-autocomplete').getByRole('listbox').waitFor();
  }],
  ['a snippet', async ({ page, origin }) => {
    await page.goto(`${origin}/www/embed.html#${FRAGMENT}`);
    await page.getByRole('listitem', { name: 'Alice calls.' }).waitFor();
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
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= size.width, `${view} is ${wide} pixels wide where there are ${size.width}`);
      const found = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`);
      assert.deepEqual(found, [], `${view}, ${size.width} pixels, ${colorScheme}`);
    }
  }
  await page.setViewportSize(SIZES[0]);
}
