// Two tabs of the playground: one unit, and code that neither takes from the other.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Playground, withPlayground } from './page.mjs';

const LIMIT = { timeout: 120_000 };

/** Opens the playground in another tab of the same browser. */
async function another(page, { sleeps = false } = {}) {
  const tab = await page.context().newPage();
  // A tab that sleeps hears of nothing that the others write.
  if (sleeps) await tab.addInitScript(() => addEventListener('storage', (event) => event.stopImmediatePropagation()));
  await tab.goto(page.url());
  return { page: tab, playground: new Playground(tab) };
}

const source = (page) => page.getByRole('textbox', { name: 'Lua source' });
const shows = (page, text) => source(page).filter({ hasText: text }).waitFor();
const asks = (page) => page.getByRole('alert').filter({ hasText: 'Another tab changed this code' });
const stored = (page) => page.evaluate(() => localStorage.getItem('ao-unit-playground:files'));

test('a tab in which nothing was written shows what another one writes, and goes on from there', LIMIT, () =>
  withPlayground(async ({ page, playground, complaints }) => {
    const other = await another(page);
    await playground.write('return "of the first"');
    await shows(other.page, 'of the first');
    await other.playground.write('return "of the second"');
    await shows(page, 'of the second');
    await playground.example('Ping-pong');
    await shows(other.page, 'throw a ball');
    const chosen = other.page.getByRole('combobox', { name: 'Example' });
    assert.equal(await chosen.evaluate((one) => one.selectedOptions[0].label), 'Ping-pong');
    for (const one of [page, other.page]) assert.equal(await asks(one).count(), 0);
    assert.deepEqual(complaints, []);
  }),
);

for (const [choice, expected] of [['Take the other tab’s', 'of the first'], ['Keep mine, in both', 'of the second']]) {
  test(`code that two tabs changed is the reader’s to choose: ${choice}`, LIMIT, () =>
    withPlayground(async ({ page, playground }) => {
      const other = await another(page, { sleeps: true });
      await source(other.page).waitFor();
      await playground.write('return "of the first"');
      await page.waitForFunction(() => localStorage.getItem('ao-unit-playground:files')?.includes('of the first'));
      await other.playground.write('return "of the second"');
      await asks(other.page).waitFor();
      assert.match(await stored(page), /of the first/, 'nothing is lost before the choice');
      await shows(other.page, 'of the second');
      await other.page.getByRole('button', { name: choice }).click();
      for (const tab of [page, other.page]) await shows(tab, expected);
      await asks(other.page).waitFor({ state: 'detached' });
      assert.match(await stored(page), new RegExp(expected));
    }),
  );
}

test('a process that one tab runs is in the other, and so is what it does', LIMIT, () =>
  withPlayground(async ({ page, playground, complaints }) => {
    const other = await another(page);
    await playground.write('Handlers.add("Greet", function(msg) print("greeted") end)');
    assert.match(await playground.run(), /^Started Token/);
    const list = await other.playground.view('Processes');
    const token = list.getByRole('listitem', { name: 'Token' });
    const length = async () => parseInt(await token.getByText(/\d+ messages?/).innerText(), 10);
    const before = await length();
    assert.match(await playground.run(), /^Loaded into Token/);
    await token.getByText(new RegExp(`^${before + 1} messages`)).waitFor();
    // And back: what the second tab runs is in the first.
    await other.playground.view('Processes');
    await token.getByRole('radio').check();
    assert.match(await other.playground.run(), /^Loaded into Token/);
    const here = (await playground.view('Processes')).getByRole('listitem', { name: 'Token' });
    await here.getByText(new RegExp(`^${before + 2} messages`)).waitFor();
    assert.deepEqual(complaints, []);
  }),
);
