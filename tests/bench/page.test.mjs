// The page by which visitors measure their own machine.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withBrowser } from '../demo/browser.mjs';
import { PROGRAMS } from './keys.mjs';

/** What is measured beside the programs. */
const OTHERS = [
  'Messages through the machine alone',
  'Token transfers with two notices each, kept in this browser',
  'From a signed message to its result',
  'A dry-run on a process of 2 MB',
];

test('a visitor who presses Run sees a row of figures for everything', { timeout: 300_000 }, () =>
  withBrowser(async ({ page, origin, complaints }) => {
    await page.goto(`${origin}/www/bench.html`);
    await page.getByRole('button', { name: 'Run' }).click();
    assert.ok(await page.getByRole('button', { name: 'Run' }).isDisabled(), 'it runs once at a time');
    for (const name of PROGRAMS) {
      const row = page.getByRole('row', { name: `Lua: ${name}` });
      await row.waitFor({ timeout: 120_000 });
      assert.match(await row.innerText(), /[\d.,]+ ms\s+[\d.,]+ to [\d.,]+$/);
    }
    for (const name of OTHERS) await page.getByRole('row', { name }).waitFor({ timeout: 120_000 });
    await page.getByText('Done.', { exact: true }).waitFor();
    assert.ok(await page.getByRole('button', { name: 'Run' }).isEnabled(), 'it can be run again');
    const databases = await page.evaluate(() => indexedDB.databases());
    assert.deepEqual(databases.filter(({ name }) => name.startsWith('bench-')), [], 'nothing of it is left in the browser');
    assert.deepEqual(complaints, []);
  }),
);
