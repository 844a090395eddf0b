// The short form of `cargo xtask soak`, and what its verdict makes of samples that are not as they should be.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { runSoak } from './run.mjs';
import { figuresOf, LONG, problemsOf } from './verdict.mjs';

/** So short a time settles little, and a busy machine is as slow as it is. */
const SHORT = { growth: 0.5, index: 10_000, peaks: 0.8, rate: 0.4, linear: 0.3, overhead: 6 };

test('memory, rate and database stay within bounds at full speed', { timeout: 180_000 }, async () => {
  const settings = { checkpoints: { evaluations: 100 } };
  const { figures, problems } = await runSoak({ evaluations: 9_000, sampleMs: 1000, settings, bounds: SHORT });
  assert.deepEqual(problems, []);
  assert.ok(figures.checkpoints.written > figures.checkpoints.stored, 'no checkpoint went');
});

/** Ten minutes as they should be, of which `change` makes something else. */
function verdict(change = () => {}) {
  const work = { signed: 9, failed: 9, outOfGas: 9, dryRuns: 9, reads: 9, forks: 9, deleted: 9, checkpoints: 500 };
  const samples = Array.from({ length: 150 }, (_, i) => ({
    seconds: 4 * (i + 1), took: 4000, evaluated: 4000 * (i + 1), most: 4e8, memory: 3e8,
    wasm: { bytes: 4e7, instances: 14 }, ...work,
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
  const last = (change) => (_, sizes) => change(sizes[2]);
  const each = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [i, 1]));
  const planted = {
    'memory grew': late({ memory: 3.5e8 }),
    'memory came to': late({ most: 5.3e8 }),
    'wasm memories became': late({ wasm: { bytes: 4e7, instances: 15 } }),
    'wasm memories grew': late({ wasm: { bytes: 8e7, instances: 14 } }),
    'slowed down': late({ took: 6000 }),
    'bytes of the database': last(({ stores }) => (stores.assignments *= 1.2)),
    takes: last((size) => (size.usage = 3e9)),
    'are still there': last((size) => (size.checkpoints = each)),
    'a process has': last((size) => (size.checkpoints = { a: 35 })),
    'nothing was forks': late({ forks: 0 }),
  };
  for (const [words, change] of Object.entries(planted)) assert.match(verdict(change), new RegExp(words), words);
});
