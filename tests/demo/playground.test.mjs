// The page that `cargo xtask start` serves, built and driven as a visitor would.

import { before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withBrowser } from './browser.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

before(() => promisify(execFile)('npm', ['run', 'build', '--workspace', 'www'], { cwd: ROOT }));

test('the page runs the demo at the press of a button, and reads it again after a reload', { timeout: 120_000 }, () =>
  withBrowser(async ({ page, origin, complaints }) => {
    await page.goto(`${origin}/www/index.html`);
    await page.getByRole('button', { name: 'Run' }).click();
    await statusSays(page, /^(Done|It failed)/);
    await checkBalances(page);

    await page.getByRole('button', { name: 'Reload and read again' }).click();
    await statusSays(page, /^(Everything is as it was|It failed)/);
    await checkBalances(page);
    assert.deepEqual(complaints, []);
  }),
);

test('an error in the process is shown where it happened', { timeout: 120_000 }, () =>
  withBrowser(async ({ page, origin }) => {
    await page.goto(`${origin}/www/index.html`);
    await page.getByLabel('Lua source').fill('this is no Lua');
    await page.getByRole('button', { name: 'Run' }).click();
    await statusSays(page, /^It failed: .*near/);
    assert.match(await page.locator('#log .failed').innerText(), /Boot/);
  }),
);

async function statusSays(page, expected) {
  await page.getByRole('status').filter({ hasText: expected }).waitFor({ timeout: 60_000 });
}

async function checkBalances(page) {
  const rows = await page.locator('#balances tr').allInnerTexts();
  const cells = rows.map((row) => row.split('\t').map((cell) => cell.trim()));
  assert.deepEqual(
    cells.filter(([address]) => address.startsWith('recipient-')),
    [['recipient-a', '100'], ['recipient-b', '250']],
    await page.locator('#log').innerText(),
  );
}
