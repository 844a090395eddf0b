// The real aoconnect over ao-unit/fetch, and ao-unit: the same scenario, and what comes of each step, field by field.

import { test } from 'node:test';
import { differing } from './differing.mjs';
import { runScenario } from './run.mjs';

test('every call, on a unit', { timeout: 300_000 }, async (t) => {
  const { compare, done } = differing('scenario');
  for (const { what, ...outcomes } of await runScenario()) await t.test(what, () => compare(what, outcomes));
  await done();
});
