// The short form of `cargo xtask faults`.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { runFaults } from './run.mjs';

/** So few kills come to every way to end, and to everything that is asked of a unit, with a seed such as this. */
const SEED = 2783;
const KILLS = 4;

test('what a worker that is killed had acknowledged', { timeout: 120_000 }, async (t) => {
  // Both at once: each has to wait for the other, and that must not matter.
  const [first, again] = await Promise.all([1, 2].map(() => runFaults({ kills: KILLS, seed: SEED })));

  await t.test('nothing that was acknowledged is lost or doubled when the worker is killed', () => {
    const { hows, stopped, aborted, sent, evaluatedElsewhere, evaluated, lost, doubled, replayEqual } = first.figures;
    assert.deepEqual(Object.keys(hows).sort(), ['close', 'crash', 'terminate']);
    t.diagnostic(`${sent} acknowledged, ${aborted} transactions aborted, stopped at ${JSON.stringify(stopped)}`);
    assert.deepEqual(first.faults, []);
    assert.deepEqual([lost, doubled, replayEqual], [0, 0, true]);
    assert.ok(evaluatedElsewhere >= evaluated, `${evaluatedElsewhere} were evaluated elsewhere, and ${evaluated} here`);
    assert.ok((stopped.end ?? 0) < KILLS / 2, 'most had nothing more to do when they were ended');
    assert.ok(aborted > 0, 'no transaction was aborted');
    // Ten of them are the spawns before the first kill.
    assert.ok(sent > 20, 'little was acknowledged: the kills came too early to show anything');
  });

  await t.test('the same seed comes to the same each time', () => {
    // What was asked, with its ids; what was answered; at which step each worker stopped, and how it ended.
    assert.deepEqual(again.rounds, first.rounds);
    // Logs with their times and chains, outcomes and states.
    assert.deepEqual(again.whole, first.whole);
  });
});
