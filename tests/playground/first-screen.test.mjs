// The first screen, as someone sees it who has never seen ao.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPlayground } from './page.mjs';

test('one press of Run starts the example in this tab', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, complaints }) => {
    assert.match(await playground.run(), /^Started .* in \d+ ms/);
    assert.match(await playground.run(), /^Loaded into .* in \d+ ms/, 'a second press keeps the process');
    assert.deepEqual(complaints, []);
  }),
);
