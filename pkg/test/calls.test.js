import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createCalls } from '../build/calls.js';
import { pageSigner, pageWallet } from '../build/wallet.js';

/** The calls on a unit that notes what it is asked, and answers with `answers`. */
function calls(answers = {}) {
  const asked = [];
  const ask = async (method, ...args) => (asked.push([method, ...args]), answers[method]);
  return { asked, ...createCalls(async () => ({ ask, address: 'unit-address' }), pageSigner) };
}

const raw = new Uint8Array(4);
/** Signs nothing, and shows what it was given. */
const spy = () => {
  const signer = async (create) => ((signer.seen = await create({ passthrough: true })), { id: 'i', raw });
  return signer;
};

test('message sends to the process and answers the id', async () => {
  const { message, asked } = calls({ accept: '{"id":"m","process":"p","nonce":1}' });
  const signer = spy();
  assert.equal(await message({ process: 'p', signer, data: 'hi', anchor: 'a' }), 'm');
  assert.equal(signer.seen.target, 'p');
  assert.equal(signer.seen.anchor, 'a');
  assert.deepEqual(asked, [['accept', raw]]);
});

test('spawn names the unit as scheduler, and has no target', async () => {
  const { spawn } = calls({ accept: '{"id":"p","process":"p","nonce":0}' });
  const signer = spy();
  assert.equal(await spawn({ module: 'M', signer }), 'p');
  assert.equal(signer.seen.target, undefined);
  assert.equal(signer.seen.data, ' ');
  assert.equal(signer.seen.tags.find(({ name }) => name === 'Scheduler').value, 'unit-address');
});

test('result is parsed', async () => {
  const { result, asked } = calls({ result: '{"Messages":[]}' });
  assert.deepEqual(await result({ process: 'p', message: 'm' }), { Messages: [] });
  assert.deepEqual(asked, [['result', 'p', 'm']]);
});

test('dryrun fills in what aoconnect fills in', async () => {
  const { dryrun, asked } = calls({ dryrun: '{}' });
  await dryrun({ process: 'p', data: '', From: 'dropped' });
  assert.equal(
    asked[0][2],
    '{"Id":"1234","Target":"p","Owner":"1234","Anchor":"0","Data":"1234","Tags":[{"name":"Data-Protocol","value":"ao"},' +
      '{"name":"Type","value":"Message"},{"name":"Variant","value":"ao.TN.1"}]}',
  );
});

test('wrong arguments are named as aoconnect names them', async () => {
  const { spawn, message, result } = calls();
  const signer = spy();
  for (const [call, words, code = 'ARGUMENT_INVALID'] of [
    [() => message({ signer }), "Invalid Arguments 'processId': Required."],
    [() => message({ process: 5, signer }), "Invalid Arguments 'processId': Expected string, received number."],
    [() => message({ process: 'p', anchor: 5, signer }), "Invalid Arguments 'anchor': Expected string, received number."],
    [() => message({ process: 'p', signer: 'no' }), "'undefined': Expected function, received string."],
    [() => message({ process: 'p', signer, tags: [{ name: 'a', value: 1 }] }), "'value': Expected string, received number."],
    [() => message({ process: 'p', signer, tags: [{ name: 'a' }] }), "'value': Required."],
    [() => spawn({ signer }), "Invalid Arguments '0': Required."],
    [() => spawn({ module: 'M', signer: null }), "'undefined': Required.", 'SIGNER_REQUIRED'],
    [() => result({}), "'id': Required. | 'processId': Required."],
    [
      () => result({ message: '', process: '' }),
      "'id': message is required to be a message id. | 'processId': process is required to be a process id.",
    ],
  ]) {
    await assert.rejects(call, { name: 'UnitError', message: words, code });
  }
});

test('whatever a signer throws becomes an error', async () => {
  const { message } = calls();
  for (const [thrown, text] of [['nope', 'nope'], [{ message: 'objmsg' }, 'objmsg'], [7, 'An error occurred']]) {
    const signer = () => Promise.reject(thrown);
    await assert.rejects(message({ process: 'p', signer }), (error) => error instanceof Error && error.message === text);
  }
});

test('what a signer throws keeps its code', async () => {
  const { message } = calls();
  for (const thrown of [Object.assign(new Error('no'), { code: 'MINE' }), { message: 'no', code: 4001 }]) {
    const signer = () => Promise.reject(thrown);
    await assert.rejects(message({ process: 'p', signer }), { message: 'no', code: thrown.code });
  }
});

test('without a signer, the page’s own wallet signs', async () => {
  const hash = new Uint8Array(48);
  const { message, spawn, asked } = calls({
    signingHash: hash,
    sealItem: raw,
    accept: '{"id":"m","process":"p","nonce":1}',
  });
  await message({ process: 'p' });
  await spawn({ module: 'M', signer: undefined });
  const { publicKey, signatureType } = await pageWallet();
  const keys = asked.filter(([method]) => method === 'sealItem').map(([, , type, key]) => [type, key]);
  assert.deepEqual(keys, Array(2).fill([signatureType, publicKey]));
});

test('a signer that a connection was given signs where a call names none', async () => {
  const signer = spy();
  const other = spy();
  const ask = async () => '{"id":"m","process":"p","nonce":1}';
  const { message } = createCalls(async () => ({ ask, address: 'a' }), signer);
  await message({ process: 'p', data: 'hi' });
  await message({ process: 'p', data: 'ho', signer: other });
  assert.deepEqual([signer.seen.data, other.seen.data], ['hi', 'ho']);
});

test('a call without any argument throws at once, a dry-run rejects', async () => {
  const { spawn, message, result, dryrun } = calls();
  for (const call of [spawn, message, result]) assert.throws(() => call(), TypeError);
  await assert.rejects(dryrun(), TypeError);
});
