// The short form of `cargo xtask faults`.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { runFaults } from './run.mjs';

/** So few kills come to every way to end, and to everything that is asked of a unit, with a seed such as this. */
const SEED = 98;

test('nothing that was acknowledged is lost or doubled when the worker is killed', { timeout: 120_000 }, async (t) => {
  const { hows, aborted, faults, sent, evaluatedElsewhere, evaluated, lost, doubled, replayEqual } = await runFaults({ kills: 6, seed: SEED });
  assert.deepEqual(Object.keys(hows).sort(), ['close', 'crash', 'terminate']);
  t.diagnostic(`${sent} acknowledged, ${aborted} transactions aborted`);
  assert.deepEqual(faults, []);
  assert.deepEqual([lost, doubled, replayEqual], [0, 0, true]);
  assert.ok(evaluatedElsewhere >= evaluated, `${evaluatedElsewhere} were evaluated elsewhere, and ${evaluated} here`);
  // Ten of them are the spawns before the first kill.
  assert.ok(sent > 10, 'nothing was acknowledged: the kills came too early to show anything');
});
