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

async function read() {
  const folders = (await readdir(FOLDER, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  return Promise.all(
    folders.map(async ({ name }) => JSON.parse(await readFile(new URL(`${name}/messages.json`, FOLDER), 'utf8'))),
  );
}
