// The page by which visitors measure their own machine.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withBrowser } from '../demo/browser.mjs';
import { PROGRAMS } from './keys.mjs';

test('a visitor who presses Run sees a row of figures for every program', { timeout: 300_000 }, () =>
  withBrowser(async ({ page, origin, complaints }) => {
    await page.goto(`${origin}/www/bench.html`);
    await page.getByRole('button', { name: 'Run' }).click();
    assert.ok(await page.getByRole('button', { name: 'Run' }).isDisabled(), 'it runs once at a time');
    for (const name of PROGRAMS) {
      const row = page.getByRole('row', { name: `Lua: ${name}` });
      await row.waitFor({ timeout: 120_000 });
      assert.match(await row.innerText(), /[\d.,]+ ms\s+[\d.,]+ to [\d.,]+$/);
    }
    await page.getByRole('row', { name: 'Messages through the machine alone' }).waitFor();
    assert.deepEqual(complaints, []);
  }),
);
