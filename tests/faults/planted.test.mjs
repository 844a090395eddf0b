// The checks turn red: what is planted in the evidence of a unit that is as it should be is reported.

import { createHash, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createDataItemSigner } from 'ao-unit';
import { openUnit } from 'ao-unit/unit';
import { faultsOf } from './invariants.mjs';
import { evidence } from './page/evidence.js';
import { keptAlthoughRefused, refusalsOf, sum } from './refusals.mjs';
import { undisturbedFaults } from './undisturbed.mjs';
import { GAS, LEDGER } from './workload.mjs';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
/** In one outcome, and nowhere else. */
const WORD = 'quixotic';
const tags = (named) => Object.entries(named).map(([name, value]) => ({ name, value }));

/** Two processes and a fork after transfers, a spawn, a failure and three ticks; what was acknowledged; an export. */
async function aUnit() {
  const jwk = generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey.export({ format: 'jwk' });
  const signer = createDataItemSigner(jwk);
  const unit = await openUnit({ storage: 'memory://planted' });
  const acknowledged = [];
  const acknowledge = (kind, id) => (acknowledged.push({ kind, id }), id);
  const spawn = async (named) => {
    const limits = { 'On-Boot': 'Data', 'Compute-Limit': GAS };
    const spawned = { module: MODULE, signer, data: LEDGER, tags: tags({ ...limits, ...named }) };
    return acknowledge('spawn', await unit.spawn(spawned));
  };
  const to = await spawn({});
  const cron = { 'Cron-Interval': '1-second', 'Cron-Tag-Action': 'Tick', 'Cron-Tag-Recipient': to };
  const from = await spawn(cron);
  await unit.monitor(from);
  const message = async (process, Action, Key) =>
    acknowledge('pass', await unit.message({ process, signer, tags: tags({ Action, Key, Recipient: to }) }));
  for (const [action, key] of [['Pass', 'a'], ['Hire', 'b'], ['Fail', 'c'], ['Burn', 'd']]) await message(from, action, key);
  await unit.evaluate(from, `return string.char(${[...WORD].map((letter) => letter.charCodeAt(0))})`, { signer });
  const { edges } = await unit.log({ process: from });
  await unit.result({ process: from, message: edges.at(-1).node.message.id });
  for (let ticks = 1; ticks <= 3; ticks += 1) {
    await unit.advanceClock(1000);
    while ((await unit.inspect(from, 'Ticks')) < ticks) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const fork = acknowledge('fork', await unit.fork(from));
  await message(fork, 'Pass', 'e');
  const seen = await evidence(unit, { replays: true });
  const file = await unit.exportProcess(from);
  await unit.close();
  return { seen, acknowledged, from, to, fork, file };
}

test('faults that are planted are reported, each as what it is', { timeout: 60_000 }, async (t) => {
  const { seen, acknowledged, from, to, fork, file } = await aUnit();
  const kinds = (change) => {
    const changed = structuredClone(seen);
    const find = (id) => changed.processes.find((process) => process.id === id);
    change({ find, changed });
    const faults = faultsOf(changed, acknowledged);
    return [...new Set(faults.map(({ kind, what }) => (what ? `${kind} ${what}` : kind)))].sort();
  };
  const logOf = (id) => ({ find }) => find(id).log;
  const give = (log) => log.findIndex(({ action, key }) => action === 'Give' && key === 'a');

  await t.test('nothing is reported of what is as it should be', () => assert.deepEqual(kinds(() => {}), []));
  await t.test('a message that is lost', () => {
    const seen = kinds((at) => logOf(from)(at).splice(1, 1));
    for (const kind of ['lost message', 'gap', 'chain']) assert.ok(seen.includes(kind), `${kind} is not in ${seen}`);
  });
  await t.test('a message that is doubled', () => {
    const seen = kinds((at) => logOf(from)(at).push(logOf(from)(at)[1]));
    for (const kind of ['doubled message', 'gap']) assert.ok(seen.includes(kind), `${kind} is not in ${seen}`);
  });
  await t.test('a process that is lost', () => {
    const seen = kinds(({ changed }) => (changed.processes = changed.processes.filter(({ id }) => id !== fork)));
    assert.ok(seen.includes('lost process'), String(seen));
  });
  await t.test('a delivery that is lost, and one that is doubled', () => {
    const lost = kinds((at) => (logOf(to)(at)[give(logOf(to)(at))].from = undefined));
    assert.deepEqual(lost, ['lost delivery']);
    const doubled = kinds((at) => logOf(to)(at).push({ ...logOf(to)(at)[give(logOf(to)(at))] }));
    assert.ok(doubled.includes('doubled delivery'), String(doubled));
  });
  await t.test('a spawn that is lost, and one that its maker was not told of', () => {
    const born = ({ changed }) => changed.processes.find(({ log }) => log[0].from === from);
    assert.ok(kinds((at) => (born(at).log[0].from = undefined)).includes('lost spawn'));
    const notice = (at) => logOf(from)(at).find(({ action }) => action === 'Spawned');
    assert.ok(kinds((at) => (notice(at).action = 'Other')).includes('lost notice of a spawn'));
  });
  await t.test('an evaluation that is lost, doubled, or kept although it failed', () => {
    assert.deepEqual(kinds(({ find }) => delete find(from).state.Passed.a), ['lost evaluation']);
    assert.deepEqual(kinds(({ find }) => (find(from).state.Passed.a = 2)), ['doubled evaluation']);
    assert.deepEqual(kinds(({ find }) => (find(from).state.Passed.c = 1)), ['doubled evaluation']);
  });
  await t.test('a message that is doubled although it was not acknowledged', () => {
    const twice = kinds((at) => (logOf(to)(at)[give(logOf(to)(at))].id = logOf(to)(at)[0].id));
    assert.ok(twice.includes('doubled message'), String(twice));
  });
  await t.test('a tick that is lost, one that is doubled, and one that is not in the state', () => {
    assert.deepEqual(kinds(({ find }) => (find(from).sent.findLast(({ isTick }) => isTick).timestamp += 1000)), ['lost tick']);
    const doubled = kinds(({ find }) => {
      const { sent, state } = find(from);
      const [tick] = sent.filter(({ isTick }) => isTick);
      sent.push({ ...tick, messages: [] });
      state.Ticks += 1;
    });
    assert.deepEqual(doubled, ['doubled tick']);
    assert.deepEqual(kinds(({ find }) => (find(from).state.Ticks -= 1)), ['lost evaluation']);
  });
  await t.test('a gap in the nonces, a link that is another, a fork that begins otherwise', () => {
    assert.deepEqual(kinds((at) => (logOf(from)(at).at(-1).nonce += 1)), ['gap']);
    assert.deepEqual(kinds(({ find }) => (find(from).nextNonce += 1)), ['gap']);
    assert.deepEqual(kinds((at) => (logOf(from)(at)[2].chain = logOf(from)(at)[1].chain)), ['chain']);
    assert.ok(kinds((at) => (logOf(fork)(at)[1].assignment = logOf(fork)(at)[2].assignment)).includes('fork'));
  });
  await t.test('an outcome that is other than in a second unit', async () => {
    const files = (bytes) => [{ id: from, file: bytes }];
    assert.deepEqual((await undisturbedFaults(files(file))).faults, []);
    const { faults } = await undisturbedFaults(files(withAnotherOutcome(file)));
    assert.deepEqual(faults.map(({ kind, different }) => [kind, different]), [['replay', 1]]);
    assert.match(faults[0].firstDifference.stored, /quixotuc/);
  });
});

test('refusals are counted, and those that are none of what was done to the unit are reported', async (t) => {
  const aborted = { refused: { name: 'UnitError', code: 'STORE_ABORTED', message: 'a transaction was given up' } };
  const crashed = { refused: { name: 'UnitError', code: 'CRASHED', message: 'the worker has died' } };
  const other = (name, code) => ({ refused: { name, code, message: 'otherwise' } });
  const operations = (...answers) => answers.map((answer) => ({ kind: 'pass', answer }));
  const round = (how, aborted, ...answers) => refusalsOf({ how, aborted, operations: operations(...answers) });

  await t.test('what was to be expected is counted, and no fault', () => {
    const { refused, unanswered, faults } = round('terminate', 1, aborted, { id: 'a' }, crashed, crashed);
    assert.deepEqual([refused, unanswered, faults], [{ pass: { STORE_ABORTED: 1, CRASHED: 2 } }, {}, []]);
    const closed = round('close', 0, { id: 'a' }, undefined, undefined);
    assert.deepEqual(closed, { refused: {}, unanswered: { pass: 2 }, faults: [] });
    assert.deepEqual([refused, refused, { fork: { CRASHED: 1 } }].reduce(sum, {}), {
      pass: { STORE_ABORTED: 2, CRASHED: 4 },
      fork: { CRASHED: 1 },
    });
  });
  await t.test('what was not is one', () => {
    const planted = {
      'an error without a code': ['close', 1, other('TypeError')],
      'a fault of the unit itself': ['terminate', 1, other('UnitError', 'INTERNAL')],
      'a code of somebody else': ['close', 1, other('DOMException', 'STORE_ABORTED')],
      'a refusal by the store when nothing was aborted': ['terminate', 0, aborted],
      'a crash where no worker was ended under its page': ['close', 1, crashed],
      'a call that is not answered although its page is there': ['terminate', 1, undefined],
    };
    for (const [what, [how, aborted, answer]] of Object.entries(planted)) {
      const { faults } = round(how, aborted, { id: 'a' }, answer);
      assert.deepEqual(faults.map(({ kind }) => kind), ['refusal'], what);
    }
  });
  await t.test('a message that was refused, and is in a log', () => {
    const log = [{ id: 'a' }, { id: undefined }, { id: 'b' }];
    assert.deepEqual(keptAlthoughRefused(['c'], [{ id: 'p', log }]), []);
    const [fault, ...more] = keptAlthoughRefused(['b'], [{ id: 'p', log }]);
    assert.deepEqual([fault.kind, fault.id, more], ['refusal', 'b', []]);
  });
});

/** The file with a letter changed in one outcome, and a checksum that goes with it. */
function withAnotherOutcome(file) {
  const changed = Buffer.from(file);
  const at = changed.indexOf(WORD);
  assert.ok(at > 0, 'the outcome is not to be found in the compressed file');
  changed[at + WORD.length - 2] = 'u'.charCodeAt(0);
  createHash('sha256').update(changed.subarray(40)).digest().copy(changed, 8);
  return new Uint8Array(changed);
}
