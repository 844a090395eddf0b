// Every example of the playground, by its buttons: what its messages come to is what it says.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { withPlayground } from './page.mjs';

const FOLDER = new URL('../../www/examples/', import.meta.url);

test('every example answers each of its messages as it says', { timeout: 300_000 }, (t) =>
  withPlayground(async ({ playground, page, complaints }) => {
    const examples = await read();
    assert.ok(examples.length >= 22, `there are ${examples.length} examples`);
    for (const { title, steps } of examples) {
      await t.test(title, async () => {
        await playground.example(title);
        await playground.run();
        await page.getByRole('button', { name: 'Send all' }).click();
        for (const { says } of steps) {
          const step = page.getByRole('listitem', { name: says, exact: true });
          const result = step.locator('.good, .bad, .warn');
          await result.waitFor();
          assert.equal(await result.innerText(), '✓ As the example says', `${title}: ${says}`);
        }
      });
    }
    assert.deepEqual(complaints, []);
  }),
);

test('a chart shows numbers of the process, and follows them', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.example('Token with a holder chart');
    await playground.run();
    const chart = page.getByRole('figure').filter({ hasText: 'Holders' });
    await chart.getByText('Nothing yet.').waitFor();
    const holders = async (...expected) => {
      await chart.getByText(expected.at(-1), { exact: true }).waitFor();
      const rows = await chart.locator('.plot-row').allInnerTexts();
      assert.deepEqual(rows.map((text) => text.trim().replace(/\s+/g, ' ')), expected.slice(0, -1));
    };
    await playground.send('The owner mints 600 for Alice.');
    await holders('alice 600', '600');
    await playground.send('And 300 for Bob.');
    await holders('alice 600', 'bob 300', '300');
    await playground.send('Alice gives Carol a third of hers; both are told.');
    await holders('alice 400', 'bob 300', 'carol 200', '200');
    const widths = await chart.locator('.plot-bar').evaluateAll((bars) => bars.map(({ style }) => style.width));
    assert.deepEqual(widths, ['100%', '75%', '50%']);
    assert.deepEqual(complaints, []);
  }),
);

async function read() {
  const folders = (await readdir(FOLDER, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return Promise.all(
    folders.map(async ({ name }) => JSON.parse(await readFile(new URL(`${name}/messages.json`, FOLDER), 'utf8'))),
  );
}
