// What goes wrong, and what the page says of it.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPlayground } from './page.mjs';

const LIMIT = { timeout: 120_000 };

test('code that the browser has no room for is not lost without a word, and is kept when there is room', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    await page.evaluate(() => {
      // Halves, until not one character more goes in.
      let filler = 'x'.repeat(8_000_000);
      let all = '';
      for (; filler.length > 0; filler = filler.slice(0, filler.length >> 1)) {
        try {
          localStorage.setItem('filler', all + filler);
          all += filler;
        } catch {
          // The half of it may fit.
        }
      }
    });
    await playground.write('return "there is no room for this"');
    const alert = page.getByRole('alert').filter({ hasText: /PAGE_QUOTA: .* not kept.*“Share”/ });
    await alert.waitFor();
    await page.evaluate(() => localStorage.removeItem('filler'));
    await playground.write('return "there is room for this"');
    await alert.waitFor({ state: 'detached' });
    await page.reload();
    assert.match(await page.getByRole('textbox', { name: 'Lua source' }).innerText(), /there is room for this/);
  }),
);
