// The short form of `cargo xtask faults`.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { runFaults } from './run.mjs';

test('nothing that was acknowledged is lost or doubled when the worker is killed', { timeout: 120_000 }, async () => {
  const { faults, sent, evaluatedElsewhere, evaluated, lost, doubled, replayEqual } = await runFaults({ kills: 6, seed: 1 });
  assert.deepEqual(faults, []);
  assert.deepEqual([lost, doubled, replayEqual], [0, 0, true]);
  assert.ok(evaluatedElsewhere >= evaluated, `${evaluatedElsewhere} were evaluated elsewhere, and ${evaluated} here`);
  // Ten of them are the spawns before the first kill.
  assert.ok(sent > 10, 'nothing was acknowledged: the kills came too early to show anything');
});
