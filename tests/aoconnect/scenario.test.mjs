// The real aoconnect over ao-unit/fetch, and ao-unit: the same scenario, and what comes of each step, field by field.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { assertCoded } from './attempt.mjs';
import { runScenario } from './run.mjs';

const differences = JSON.parse(await readFile(new URL('differences.json', import.meta.url), 'utf8')).scenario;

test('every call, on a unit', { timeout: 300_000 }, async (t) => {
  const differing = [];
  for (const { what, real, ours, outcome } of await runScenario()) {
    await t.test(what, () => {
      assertCoded(outcome);
      if (differences[what] === undefined) return assert.deepEqual(ours, real);
      differing.push(what);
      assert.notDeepEqual(ours, real, 'this is the same now: it is to leave the list');
    });
  }
  assert.deepEqual(Object.keys(differences).filter((what) => !differing.includes(what)), [], 'listed, and no step');
});
