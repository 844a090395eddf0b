// The same workload comes to the same outcomes, byte for byte, wherever it is done; where the machine is WebAssembly,
// for the same gas.

import { before, test } from 'node:test';
import assert from 'node:assert/strict';
import { inChromium, inFirefox, inNode, natively } from './hosts.mjs';
import { workload } from './workload.mjs';

const SIZE = { seed: Number(process.env.SEED ?? 1), programs: 150, rounds: 6 };

let steps;
let inMemory;

before(async () => {
  steps = await workload(SIZE);
  inMemory = await inNode(steps);
});

test('the workload is one: outcomes that fail, that do not, that run out of gas, and dry-runs', () => {
  const having = (text) => inMemory.filter(({ outcome }) => outcome.includes(text)).length;
  const kinds = { failed: having('"Error":'), sent: having('"Target":'), burnt: having('gas'), printed: having('"prompt":') };
  assert.deepEqual(Object.entries(kinds).filter(([, count]) => count === 0), []);
  assert.ok(inMemory.some(({ dryrun }) => dryrun !== undefined));
});

test('Node comes to the same twice', { timeout: 60_000 }, async () => {
  assertSame(await inNode(steps), inMemory);
});

test('Chromium, in IndexedDB, comes to what Node comes to in memory, for the same gas', { timeout: 120_000 }, async () => {
  assertSame(await inChromium(steps), inMemory);
});

test('Firefox, in IndexedDB, comes to the same, for the same gas', { timeout: 180_000 }, async () => {
  assertSame(await inFirefox(steps), inMemory);
});

// Natively the machine is not WebAssembly, and gas is counted by another rule: see ARCHITECTURE.md.
test('the native unit comes to the same but for gas', { timeout: 600_000 }, async () => {
  const withoutGas = (lines) => lines.map((line) => ({ ...line, outcome: line.outcome.replace(/,"GasUsed":\d+\}$/, '}') }));
  assertSame(withoutGas(await natively(steps)), withoutGas(inMemory));
});

function assertSame(lines, expected) {
  const text = ({ dryrun, process, nonce, assignment, outcome } = {}) => [dryrun, process, nonce, assignment, outcome].join(' · ');
  const at = expected.findIndex((line, i) => text(line) !== text(lines[i]));
  if (at !== -1) assert.equal(text(lines[at]), text(expected[at]), `line ${at} of ${expected.length} is another`);
  assert.equal(lines.length, expected.length);
}
