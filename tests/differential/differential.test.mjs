// The same workload comes to the same outcomes, byte for byte, wherever it is done; where the machine is WebAssembly,
// for the same gas. Where there is a storage, the unit is closed and opened again between, and two machines are live at
// most; what it is compared with is a unit that is never closed. The long form is `cargo xtask differential`.

import { before, test } from 'node:test';
import assert from 'node:assert/strict';
import { formOf } from '../demo/form.mjs';
import { inChromium, inFirefox, inNode, natively } from './hosts.mjs';
import { workload } from './workload.mjs';

const SIZE = formOf({ seed: 1, programs: 150, rounds: 6 });
/** For each host, in milliseconds. */
const PATIENCE = 180_000 + 500 * SIZE.programs + 20_000 * SIZE.rounds;

let steps;
let inMemory;

before(async () => {
  steps = await workload(SIZE);
  inMemory = await inNode(steps);
});

test('the workload is one: outcomes that fail, that do not, that run out of gas, dry-runs, and forks that go on', () => {
  const having = (text) => inMemory.filter(({ outcome }) => outcome.includes(text)).length;
  const kinds = { failed: having('"Error":'), sent: having('"Target":'), burnt: having('gas'), printed: having('"prompt":') };
  assert.deepEqual(Object.entries(kinds).filter(([, count]) => count === 0), []);
  assert.ok(inMemory.some(({ dryrun }) => dryrun !== undefined));
  assert.ok(steps.some(({ step }) => step === 'reopen'));
  for (const { id, nonce } of steps.filter(({ step }) => step === 'fork')) {
    assert.ok(inMemory.some((line) => line.process === id && line.nonce > nonce + 1), `nothing was sent to the fork ${id}`);
  }
});

test('Node comes to the same twice', { timeout: PATIENCE }, async () => {
  assertSame(await inNode(steps), inMemory);
});

test('Chromium, in IndexedDB, comes to what Node comes to in memory, for the same gas', { timeout: PATIENCE }, async () => {
  assertSame(await inChromium(steps), inMemory);
});

test('Firefox, in IndexedDB, comes to the same, for the same gas', { timeout: PATIENCE }, async () => {
  assertSame(await inFirefox(steps), inMemory);
});

// Natively the machine is not WebAssembly, and gas is counted by another rule: see ARCHITECTURE.md.
test('the native unit comes to the same but for gas', { timeout: PATIENCE }, async () => {
  const withoutGas = (lines) => lines.map((line) => ({ ...line, outcome: line.outcome.replace(/,"GasUsed":\d+\}$/, '}') }));
  assertSame(withoutGas(await natively(steps)), withoutGas(inMemory));
});

function assertSame(lines, expected) {
  const text = ({ dryrun, process, nonce, assignment, outcome } = {}) => [dryrun, process, nonce, assignment, outcome].join(' · ');
  const at = expected.findIndex((line, i) => text(line) !== text(lines[i]));
  if (at !== -1) assert.equal(text(lines[at]), text(expected[at]), `line ${at} of ${expected.length} is another`);
  assert.equal(lines.length, expected.length);
}
