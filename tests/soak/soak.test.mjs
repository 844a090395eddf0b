// The short form of `cargo xtask soak`, and what its verdict makes of samples that are not as they should be.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { accountOf } from './account.mjs';
import { runSoak } from './run.mjs';
import { figuresOf, LONG, problemsOf } from './verdict.mjs';

/** So short a time settles little, and a busy machine is as slow as it is. */
const SHORT = { growth: 0.5, index: 10_000, peaks: 0.8, rate: 0.4, linear: 0.3, overhead: 6 };

test('memory, rate and database stay within bounds at full speed, and nothing is lost or doubled', { timeout: 180_000 }, async (t) => {
  const work = { evaluations: 4_500, sampleMs: 1, collectEvery: 1, settings: { checkpoints: { evaluations: 100 } } };
  const { figures, problems } = await runSoak({ ...work, bounds: SHORT });
  assert.deepEqual(problems, []);
  const { evaluated, replayed, acknowledged } = figures;
  t.diagnostic(`${acknowledged} acknowledged, ${evaluated} evaluated, ${replayed} replayed`);
  assert.ok(acknowledged > 100 && replayed > 4_000, 'little was looked at');
  assert.ok(figures.checkpoints.written > figures.checkpoints.stored, 'no checkpoint went');
});

/** Ten minutes as they should be, of which `change` makes something else. */
function verdict(change = () => {}) {
  const work = { signed: 9, failed: 9, outOfGas: 9, dryRuns: 9, reads: 9, forks: 9, deleted: 9, checkpoints: 500 };
  const samples = Array.from({ length: 150 }, (_, i) => ({
    seconds: 4 * (i + 1), took: 4000, evaluated: 4000 * (i + 1), ...work, memory: { tab: 4e8, browser: 2e8, all: 7e8 },
    ...(i % 8 === 7 && { collected: { tab: 3e8, browser: 2e8, all: 6e8, wasm: { bytes: 4e7, instances: 14 } } }),
  }));
  const sizes = [30, 90, 150].map((part) => ({
    evaluated: 4000 * part, stores: { assignments: 4e6 * part, checkpoints: 2e7 }, checkpoints: { a: 20 },
    usage: 2e6 * part,
  }));
  change(samples, sizes);
  return problemsOf(figuresOf(samples, sizes), LONG).join('\n');
}

test('what does not hold is said', () => {
  assert.equal(verdict(), '');
  /** What is planted in each of the late samples, and in the last sizes. */
  const late = (planted) => (samples) => samples.slice(110).forEach((sample) => Object.assign(sample, planted));
  const collected = (planted) => (samples) => samples.slice(110).forEach(({ collected }) => collected && Object.assign(collected, planted));
  const last = (change) => (_, sizes) => change(sizes[2]);
  const each = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [i, 1]));
  const planted = {
    'the tab grew': collected({ tab: 3.5e8 }),
    "browser's own process grew": collected({ browser: 2.5e8 }),
    'all processes of the browser grew': collected({ all: 7.5e8 }),
    'the tab came to': late({ memory: { tab: 5.3e8, browser: 2e8, all: 7e8 } }),
    "browser's own process came to": late({ memory: { tab: 4e8, browser: 2.7e8, all: 7e8 } }),
    'all processes of the browser came to': late({ memory: { tab: 4e8, browser: 2e8, all: 9.2e8 } }),
    'wasm memories became': collected({ wasm: { bytes: 4e7, instances: 15 } }),
    'wasm memories grew': collected({ wasm: { bytes: 8e7, instances: 14 } }),
    'slowed down': late({ took: 6000 }),
    'bytes of the database': last(({ stores }) => (stores.assignments *= 1.2)),
    takes: last((size) => (size.usage = 3e9)),
    'are still there': last((size) => (size.checkpoints = each)),
    'a process has': last((size) => (size.checkpoints = { a: 35 })),
    'nothing was forks': late({ forks: 0 }),
  };
  for (const [words, change] of Object.entries(planted)) assert.match(verdict(change), new RegExp(words), words);
});

test('what is lost, doubled or comes to something else is said', () => {
  const evidence = (log, replayed = { entries: log.length, different: 0, memoryIsEqual: true }) => {
    return [{ id: 'a', log, sent: [], state: {}, nextNonce: log.length, replayed }];
  };
  const account = (processes, ids, paused = 0) => accountOf({ processes, paused }, ids);
  const log = ['m', 'n'].map((id, nonce) => ({ id, process: 'a', assignment: id, nonce }));
  assert.equal(account(evidence(log), ['m', 'n', 'o']).figures.lost, 1);
  assert.equal(account(evidence([...log, log[0]]), ['m', 'n']).figures.doubled, 1);
  assert.equal(account(evidence(log, { entries: 2, different: 1, memoryIsEqual: true }), []).figures.replayEqual, false);
  assert.equal(account(evidence(log, { entries: 2, different: 0, memoryIsEqual: false }), []).figures.replayEqual, false);
  assert.match(account([], [], 1).problems.join(), /paused/);
});
