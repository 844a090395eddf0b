// What the report makes of samples, and what of it fails a command.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { KEYS } from './keys.mjs';
import { entry, judged, line, unreported } from './report.mjs';
import { geometricMean, inPairs, inTurns, median, pairedRatio, quantile, ratio, spread } from './samples.mjs';
import { size } from './size.mjs';

test('the median is the sample in the middle, and between two of them the mean', () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([4, 1, 9, 2]), 3);
  assert.throws(() => median([]), /there is no sample/);
});

test('99 of 100 samples are below the last hundredth', () => {
  const samples = Array.from({ length: 101 }, (_, i) => 100 - i);
  assert.equal(quantile(samples, 0.99), 99);
  assert.equal(quantile(samples, 0.5), 50);
});

test('the geometric mean of twice and half is as much', () => {
  assert.ok(Math.abs(geometricMean([2, 0.5, 1]) - 1) < 1e-12);
});

test('sides are measured in turns, and the first round of each does not count', async () => {
  const order = [];
  const side = (name) => async () => order.push(name);
  const samples = await inTurns(2, { ours: side('ours'), peer: side('peer') });
  assert.deepEqual(order, ['ours', 'peer', 'ours', 'peer', 'ours', 'peer']);
  assert.deepEqual(samples, { ours: [3, 5], peer: [4, 6] });
});

test('a ratio is that of the medians, with the least and the greatest of the rounds', () => {
  assert.deepEqual(ratio([10, 30, 20], [10, 10, 5]), { figure: 2, min: 1, max: 4, rounds: 3 });
  assert.deepEqual(spread([3, 1, 2]), { figure: 2, min: 1, max: 3, rounds: 3 });
});

test('pairs are measured in turns, every other one backwards', async () => {
  const order = [];
  const side = (name) => async () => order.push(name);
  const samples = await inPairs(2, { few: side('few'), many: side('many') });
  assert.deepEqual(order, ['few', 'many', 'many', 'few', 'few', 'many']);
  assert.deepEqual(samples, { few: [4, 5], many: [3, 6] });
});

test('rounds in which the machine was busy do not change the ratio of pairs', () => {
  const [few, many] = [[10, 10, 40, 10, 10], [12, 12, 48, 40, 12]];
  assert.deepEqual(pairedRatio(many, few), { figure: 1.2, min: 1.2, max: 4, rounds: 5 });
});

test('a ratio that misses its bar fails only where it is not half as good', () => {
  const atLeast = { bar: { atLeast: 500 }, isRatio: true };
  assert.deepEqual(judged(500, atLeast), { met: true, failed: false });
  assert.deepEqual(judged(250, atLeast), { met: false, failed: false });
  assert.deepEqual(judged(249, atLeast), { met: false, failed: true });
  const atMost = { bar: { atMost: 1.5 }, isRatio: true };
  assert.deepEqual(judged(1.5, atMost), { met: true, failed: false });
  assert.deepEqual(judged(3, atMost), { met: false, failed: false });
  assert.deepEqual(judged(3.1, atMost), { met: false, failed: true });
});

test('milliseconds and messages a second are told, and fail nothing', () => {
  assert.deepEqual(judged(9000, { bar: { atMost: 4 } }), { met: false, failed: false });
  assert.deepEqual(judged(1, { bar: { atLeast: 3000 } }), { met: false, failed: false });
});

test('a size fails as soon as it is over its budget', () => {
  const [over, within, free] = size([
    { name: 'wasm/machine.wasm', gzip: 300_001, budget: 300 },
    { name: 'index.js', gzip: 300_000, budget: 300 },
    { name: 'fetch.js', gzip: 9, budget: null },
  ]);
  assert.equal(over.key, 'size.wasm/machine.wasm');
  assert.deepEqual(judged(over.measured.figure, over.about), { met: false, failed: true });
  assert.deepEqual(judged(within.measured.figure, within.about), { met: true, failed: false });
  assert.deepEqual(judged(free.measured.figure, free.about), { met: undefined, failed: false });
});

test('a line has the key, the figure, the bar, and whether it is met', () => {
  const about = KEYS['unit.versusWao'];
  const measured = { figure: 123.44, min: 100, max: 200, rounds: 3 };
  const words = line('unit.versusWao', about, measured, judged(measured.figure, about));
  assert.match(words, /unit\.versusWao .* 123\.4 × +100 … 200 +at least 300: FAILED$/);
  assert.doesNotMatch(line('memory.idle', KEYS['memory.idle'], { figure: 3 }, { met: false, failed: false }), /FAILED/);
});

test('an entry of the JSON has the bar, and no figure of more digits than were measured', () => {
  const about = KEYS['evaluate.ping'];
  const { figure, bar, met } = entry(about, { figure: 15_123.456, rounds: 5 }, { met: true });
  assert.deepEqual({ figure, bar, met }, { figure: 15_120, bar: { atLeast: 15_000 }, met: true });
  assert.ok(!('bar' in entry(KEYS['vm.loops'], { figure: 1 }, { met: undefined })));
});

test('a key of a group that comes out without a figure is told', () => {
  const keys = { 'vm.loops': {}, 'vm.tables': {}, 'vm.geomean': {}, 'unit.dryrun': {} };
  assert.deepEqual(unreported(keys, 'vm', { 'vm.loops': { figure: 1 }, 'vm.tables': { figure: NaN } }), ['vm.tables', 'vm.geomean']);
});
