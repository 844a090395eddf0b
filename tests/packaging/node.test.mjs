// Node: the unit in memory, and the entries that need no unit.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installApp } from './app.mjs';
import { follow, recipe, run } from './recipe.mjs';

test('Node runs a unit by the recipe, and what needs no unit', { timeout: 120_000 }, async (t) => {
  const folder = await installApp('node');
  await t.test('a process is spawned, messaged, and answers', async () => {
    const begun = performance.now();
    assert.equal(await follow(await recipe('Node'), folder), 'Hello, ao\n');
    assert.ok(performance.now() - begun < 4000, 'something keeps the program from ending when the unit is closed');
  });
  await t.test('items are signed and verified, and machines evaluate', async () => {
    assert.equal(await run('node parts.js', folder), 'true 2 2\n');
  });
});
