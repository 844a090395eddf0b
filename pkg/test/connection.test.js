// The calls of aoconnect on a unit that notes what it is asked. What they make of their arguments is compared with the
// real aoconnect in tests/aoconnect.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createConnection } from '../build/aoconnect/connection.js';
import { connect } from '../build/index.js';
import { UnitError } from '../build/error.js';
import { createDataItem } from '../build/data-item.js';
import { key, target } from './sealer.js';

const message = '{"id":"m","process":"p","nonce":7}';
const modules = '[{"id":"M","name":"aos","registered":false}]';
const identity = { id: 'an item', owner: 'somebody' };

/** A connection to a unit that answers with `answers`, of which one that is an error is thrown. */
function connected(answers = {}, signer = undefined) {
  const asked = [];
  const ask = async (method, ...args) => {
    asked.push([method, ...args]);
    const find = JSON.stringify({ process: target, ...node(2) });
    const answer = { accept: message, identify: identity, log: PAGE, find, modules, ...answers }[method];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { asked, ...createConnection(undefined, { open: async () => ({ ask, address: 'unit-address' }), signer }) };
}

const node = (nonce) => ({ message: { id: `m${nonce}` }, assignment: { tags: [{ name: 'Message', value: `m${nonce}` }, { name: 'Nonce', value: `${nonce}` }] } });
const edges = [1, 2].map((nonce) => ({ node: node(nonce), cursor: `${nonce}` }));
const PAGE = JSON.stringify({ page_info: { has_next_page: false }, edges });
const refusal = (code, words) => new UnitError(code, words);

/** Builds what it is asked for, and shows what it was given and what it made. */
const spy = () => {
  const signer = async (create) => {
    signer.seen = await create({ passthrough: true });
    signer.raw = (await createDataItem(signer.seen, key)).raw;
    return { id: 'an item', raw: signer.raw, more: 1 };
  };
  return signer;
};

/** A message of the protocol, signed. */
const tags = ['Data-Protocol=ao', 'Type=Message'].map((tag) => tag.split('=')).map(([name, value]) => ({ name, value }));
const { raw } = await createDataItem({ target, tags }, key);

test('a message resolves to its id, to its place, or to both', async () => {
  const { message } = connected();
  const [process, signer] = [target, spy()];
  assert.equal(await message({ process, signer }), 'm');
  assert.equal(await message({ process, signer, returnMessageId: true }), 'm');
  assert.equal(await message({ process, signer, returnAssignmentSlot: true }), '7');
  assert.deepEqual(await message({ process, signer, returnAssignmentSlot: true, returnMessageId: true }), { slot: '7', id: 'm' });
  assert.equal(signer.seen.target, target);
});

test('without a signer nothing is signed, unless the connection has one', async () => {
  const missing = { name: 'Error', message: "'undefined': Required.", code: 'SIGNER_REQUIRED' };
  for (const [call, options] of [
    ['message', { process: target }],
    ['spawn', { module: 'M' }],
    ['monitor', { process: target }],
    ['signMessage', { process: target }],
  ]) {
    const { asked, ...without } = connected();
    await assert.rejects(without[call](options), missing);
    assert.deepEqual(asked, []);
    const [own, other] = [spy(), spy()];
    const given = connected({}, own);
    await given[call](options);
    await given[call]({ ...options, signer: other });
    assert.ok(own.seen && other.seen, call);
  }
});

test('a spawn names the scheduler that it is given, and otherwise the unit', async () => {
  const { spawn } = connected();
  const signer = spy();
  const scheduler = () => signer.seen.tags.find(({ name }) => name === 'Scheduler').value;
  await spawn({ module: 'M', signer });
  assert.equal(scheduler(), 'unit-address');
  await spawn({ module: 'M', signer, scheduler: 'other' });
  assert.equal(scheduler(), 'other');
  assert.equal(signer.seen.target, undefined);
});

test('a module that the unit does not have is refused before anybody is asked to sign', async () => {
  const { spawn, asked } = connected();
  const signer = spy();
  const message = "module N is not known here: known are M (aos)";
  await assert.rejects(spawn({ module: 'N', signer }), { name: 'Error', code: 'MODULE_UNKNOWN', message });
  assert.equal(signer.seen, undefined);
  assert.deepEqual(asked, [['modules']]);
});

test('white space around an id is no part of it', async () => {
  const { asked, ...calls } = connected({ result: '{}', results: '{"edges":[]}', dryrun: '{}', assign: message });
  const [process, processId, id, signer] = [`${target}\n`, ` ${target} `, '\tm2\n', spy()];
  await calls.result({ process, message: id });
  await calls.results({ process });
  await calls.dryrun({ process });
  await calls.assign({ process, message: id });
  await calls.getMessages({ processId, from: '1', to: '2', limit: '3 ' });
  await calls.getLastSlot({ processId });
  await calls.getMessageById({ processId, messageId: id });
  assert.deepEqual(asked.map(([method, ...ids]) => [method, ...ids.filter((one) => /^(m2|[\w-]{43})$/.test(one))]), [
    ['result', target, 'm2'],
    ['results', target],
    ['dryrun', target],
    ['assign', target, 'm2'],
    ...Array(5).fill(['log', target]),
    ['find', 'm2', target],
  ]);
  await calls.monitor({ process, signer });
  await calls.message({ process, signer });
  assert.equal(signer.seen.target, target);
  await calls.spawn({ module: ' M\n', signer });
  assert.equal(signer.seen.tags.find(({ name }) => name === 'Module').value, 'M');
});

test('what a messenger would refuse reads as aoconnect reads it out', async () => {
  const unknown = refusal('PROCESS_NOT_FOUND', 'process x is not in this unit');
  const refused = { accept: unknown, monitor: unknown, assign: unknown };
  const options = { process: target, module: 'M', message: 'm', id: 'm', raw, signer: spy() };
  for (const call of ['message', 'spawn', 'sendSignedMessage', 'monitor', 'unmonitor', 'assign']) {
    await assert.rejects(connected(refused)[call](options), (error) => {
      assert.deepEqual(
        [error.name, error.message, error.code],
        ['Error', '404: {"error":"process x is not in this unit"}', 'PROCESS_NOT_FOUND'],
      );
      assert.equal(error.cause, unknown);
      return true;
    });
  }
  for (const [code, status] of [['ITEM_TOO_LARGE', 413], ['MODULE_UNKNOWN', 422], ['SIGNATURE_INVALID', 400], ['STORE_QUOTA', 500]]) {
    const call = connected({ accept: refusal(code, 'no') }).message(options);
    await assert.rejects(call, { message: `${status}: {"error":"no"}`, code });
  }
});

test('what a compute unit or a scheduler would refuse resolves, as with aoconnect', async () => {
  const refused = refusal('MESSAGE_NOT_FOUND', 'there is no such message');
  const { result, dryrun, getMessages, results } = connected({ result: refused, dryrun: refused, results: refused });
  assert.deepEqual(await result({ process: target, message: 'm' }), { error: 'there is no such message' });
  assert.deepEqual(await dryrun({ process: target }), { error: 'there is no such message' });
  assert.deepEqual(await getMessages({ processId: target, from: '0', to: '1' }), JSON.parse(PAGE));
  await assert.rejects(results({ process: target }), { message: "Invalid Return 'edges': Required.", code: 'MESSAGE_NOT_FOUND' });
});

test('a unit that is not there refuses nothing: what became of it is told', async () => {
  for (const code of ['CLOSED', 'CRASHED']) {
    const gone = refusal(code, 'it is gone');
    const { message, result } = connected({ accept: gone, result: gone });
    await assert.rejects(message({ process: target, signer: spy() }), { name: 'Error', message: 'it is gone', code });
    await assert.rejects(result({ process: target, message: 'm' }), { name: 'Error', message: 'it is gone', code });
  }
});

test('results are what aoconnect leaves of them, and what is empty is not asked for', async () => {
  const whole = { Output: { data: 'x' }, Messages: [], Spawns: [], Assignments: [], GasUsed: 1 };
  const page = { pageInfo: { hasNextPage: true }, edges: [{ cursor: 'c', node: whole }] };
  const { results, asked } = connected({ results: JSON.stringify(page) });
  const { Output, Messages, Spawns } = whole;
  assert.deepEqual(await results({ process: target, from: '', to: '', limit: 0 }), {
    edges: [{ cursor: 'c', node: { Output, Messages, Spawns } }],
  });
  assert.deepEqual(asked, [['results', target, '{"sort":"ASC"}']]);
});

test('a dry-run sends the six fields, and the tags of the protocol however many there are', async () => {
  const { dryrun, asked } = connected({ dryrun: '{}' });
  const tags = [{ name: 'Type', value: 'Message', more: 1 }];
  await dryrun({ process: target, tags, data: new Uint8Array([104, 105]), From: 'x', Target: 'y', Owner: 'me', Timestamp: 1 });
  const [, process, text] = asked[0];
  const sent = JSON.parse(text);
  assert.equal(process, target);
  assert.deepEqual(Object.keys(sent), ['Id', 'Target', 'Owner', 'Anchor', 'Data', 'Tags']);
  assert.deepEqual([sent.Id, sent.Target, sent.Owner, sent.Anchor, sent.Data], ['1234', target, 'me', '0', 'hi']);
  assert.deepEqual(sent.Tags.map(({ name, value }) => `${name}=${value}`), [
    'Type=Message', 'Data-Protocol=ao', 'Type=Message', 'Variant=ao.TN.1',
  ]);
});

test('a dry-run sends what JSON makes of data that are neither text nor bytes', async () => {
  const { dryrun, asked } = connected({ dryrun: '{}' });
  const sent = async (data) => {
    await dryrun({ process: target, data });
    return JSON.parse(asked.at(-1)[2]).Data;
  };
  assert.equal(await sent(new Date(0)), '1970-01-01T00:00:00.000Z');
  assert.deepEqual(await sent({ a: 1 }), { a: 1 });
  assert.equal(await sent([104, 105]), 'hi');
  assert.equal(await sent(new ArrayBuffer(0)), '1234');
  asked.length = 0;
  await assert.rejects(dryrun({ process: target, data: 5n }), { name: 'TypeError', code: 'ARGUMENT_INVALID' });
  assert.deepEqual(asked, []);
  const gone = connected({ dryrun: refusal('CLOSED', 'it is gone') });
  await assert.rejects(gone.dryrun({ process: target }), { name: 'Error', code: 'CLOSED' });
});

test('to monitor, an item is signed that goes nowhere', async () => {
  const { monitor, unmonitor, asked } = connected();
  const signer = spy();
  assert.equal(await monitor({ process: target, signer }), 'an item');
  assert.deepEqual({ ...signer.seen, anchor: undefined }, { data: ' ', tags: [], target, anchor: undefined });
  await unmonitor({ process: target, signer });
  assert.deepEqual(asked.map(([method, , on]) => [method, on]), [
    ['identify', undefined],
    ['monitor', true],
    ['identify', undefined],
    ['monitor', false],
  ]);
  assert.deepEqual(asked[2][1], signer.raw);
  const forged = connected({ identify: refusal('SIGNATURE_INVALID', 'forged') });
  await assert.rejects(forged.monitor({ process: target, signer }), { message: '400: {"error":"forged"}' });
  assert.deepEqual(forged.asked.map(([method]) => method), ['identify']);
});

test('a message is signed without being sent, and sent without being signed again', async () => {
  const { signMessage, sendSignedMessage, asked } = connected();
  const signer = spy();
  const signed = await signMessage({ process: target, signer });
  assert.deepEqual(signed, { id: 'an item', raw: signer.raw, more: 1 });
  assert.deepEqual(asked, []);
  assert.equal(await sendSignedMessage({ id: 'as it was given', raw }), 'as it was given');
  assert.deepEqual(asked, [['accept', raw]]);
  assert.ok(raw.length > 0, 'the bytes stay with whoever has them');
  for (const other of [new Uint8Array(4), (await createDataItem({ target }, key)).raw]) {
    await assert.rejects(sendSignedMessage({ id: 'x', raw: other }), { code: 'ITEM_INVALID', message: /^400: / });
  }
  assert.equal(asked.length, 1);
});

test('the bytes of a Buffer stay with whoever has them', async () => {
  const { message, monitor, sendSignedMessage, signMessage, asked } = connected();
  const kept = [Buffer.from(raw)];
  await sendSignedMessage({ id: 'x', raw: kept[0] });
  const signer = async (create) => {
    const { raw } = await createDataItem(await create({ passthrough: true }), key);
    kept.push(Buffer.from(raw));
    return { id: 'x', raw: kept.at(-1) };
  };
  for (const call of [message, monitor, signMessage]) await call({ process: target, signer });
  const given = asked.map(([, bytes]) => bytes).filter((bytes) => bytes instanceof Uint8Array);
  assert.equal(given.length, 3);
  const theirs = new Set(kept.map(({ buffer }) => buffer));
  for (const { buffer } of given) assert.ok(!theirs.has(buffer));
});

test('an assignment names what is left out', async () => {
  const { assign, asked } = connected({ assign: message });
  assert.equal(await assign({ process: 'p', message: 'm' }), 'm');
  assert.equal(await assign({ process: 'p', message: 'm', exclude: ['Data', 'Tags'], baseLayer: true }), 'm');
  assert.equal(await assign({ process: 'p', message: 'm', exclude: ['Data,Tags', ''] }), 'm');
  assert.deepEqual(asked, [
    ['assign', 'p', 'm', []],
    ['assign', 'p', 'm', ['Data', 'Tags']],
    ['assign', 'p', 'm', ['Data', 'Tags']],
  ]);
});

test('a scheduler is read: a list, the last place, one message', async () => {
  const { getMessages, getLastSlot, getMessageById, asked } = connected();
  const processId = target;
  assert.deepEqual(await getMessages({ processId, from: '1', to: '2' }), JSON.parse(PAGE));
  assert.deepEqual(JSON.parse(asked.at(-1)[2]), { limit: 1000, from: '1', to: '2', by: 'time' });
  await getMessages({ processId, from: '1', to: '2', limit: '3' });
  assert.equal(JSON.parse(asked.at(-1)[2]).limit, 3);
  assert.equal(await getLastSlot({ processId }), '2');
  const since = Date.now() - JSON.parse(asked.at(-1)[2]).from;
  assert.ok(since >= 600_000 && since < 601_000, `${since}`);
  assert.deepEqual(await getMessageById({ processId, messageId: 'm2' }), node(2));
  assert.deepEqual(asked.at(-1), ['find', 'm2', processId]);
  assert.deepEqual(await getMessageById({ processId, messageId: processId }), JSON.parse(PAGE));
  const without = connected({ find: 'null' });
  assert.match((await without.getMessageById({ processId, messageId: 'nothing' })).error, /nothing is not in the log/);
  const none = connected({ log: '{"page_info":{"has_next_page":false},"edges":[]}' });
  assert.equal(await none.getLastSlot({ processId }), undefined);
  const unknown = connected({ log: refusal('PROCESS_NOT_FOUND', 'no') });
  const message = `Process ${processId} was not found on gateway`;
  for (const call of ['getLastSlot', 'getMessageById', 'getMessages']) {
    const options = { processId, messageId: 'm', from: '', to: '' };
    await assert.rejects(unknown[call](options), { name: 'TransactionNotFound', message, code: 'PROCESS_NOT_FOUND' });
  }
});

test('whatever a signer throws becomes an error, and one of its own stays what it is', async () => {
  const { message } = connected();
  const own = Object.assign(new RangeError('no'), { code: 4001 });
  for (const [thrown, expected] of [
    ['nope', { name: 'Error', message: 'nope' }],
    [{ message: 'objmsg' }, { name: 'Error', message: 'objmsg' }],
    [7, { name: 'Error', message: 'An error occurred' }],
    [{ message: 7 }, { name: 'Error', message: '7' }],
    [own, { name: 'RangeError', message: 'no', code: 4001 }],
    [refusal('WALLET_REFUSED', 'user said no'), { name: 'Error', message: 'user said no', code: 'WALLET_REFUSED' }],
  ]) {
    await assert.rejects(message({ process: target, signer: () => Promise.reject(thrown) }), expected);
  }
});

test('data that no item can hold are refused before anybody is asked to sign', async () => {
  const { message, spawn } = connected();
  const signer = spy();
  for (const data of [5, { a: 1 }, true]) {
    for (const call of [message, spawn]) {
      await assert.rejects(call({ process: target, module: 'M', signer, data }), { name: 'Error', code: 'DATA_INVALID' });
    }
  }
  assert.equal(signer.seen, undefined);
});

test('modes of the network are elsewhere', () => {
  assert.equal(connect().MODE, undefined);
  assert.equal(connect({ MODE: 'legacy' }).MODE, 'legacy');
  assert.throws(() => connect({ MODE: 'mainnet' }), { name: 'Error', code: 'MODE_REMOTE', message: /ao-unit\/remote/ });
  assert.throws(() => connect({ MODE: 'foo' }), { name: 'Error', code: 'MODE_UNKNOWN', message: 'Unrecognized MODE: foo' });
});
