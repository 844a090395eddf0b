import { test } from 'node:test';
import { runBadInput } from './bad-input.mjs';

test('bad input', { timeout: 300_000 }, async (t) => {
  await runBadInput((name, run) => t.test(name, { timeout: 120_000 }, run));
});
