// Where a process lives is decided by one line; the network's own side is the real aoconnect's.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { register } from 'node:module';
import * as local from '../build/index.js';
import * as remote from '../build/remote.js';
import { remoteConnection } from '../build/aoconnect/remote.js';
import { connect } from '../build/remote.js';

/** A library that notes what it is asked for. */
function double() {
  const asked = [];
  const library = {
    connect(options) {
      asked.push(['connect', options]);
      const call = (name) => async (given) => (asked.push([name, given]), `${name} of the network`);
      return new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : call(name)) });
    },
    createSigner: (wallet) => async (create, kind) => (asked.push(['sign', wallet, kind]), { signature: 'theirs' }),
  };
  return { asked, library, load: async () => library };
}

test('the names are those of aoconnect', () => {
  assert.deepEqual(Object.keys(remote).sort(), Object.keys(local).sort());
  assert.equal(remote.message, local.message);
});

test('without a mode it is the local unit', () => {
  assert.deepEqual(Object.keys(connect()), Object.keys(local.connect()));
  assert.equal(connect({ storage: 'memory://x' }).MODE, undefined);
  assert.throws(() => connect({ MODE: 'foo' }), { code: 'MODE_UNKNOWN', message: 'Unrecognized MODE: foo' });
  assert.throws(() => connect({ MODE: 'legacy', GATEWAY_URL: 'nowhere' }), { name: 'TypeError', code: 'ARGUMENT_INVALID' });
});

test('with a mode, calls are handed on as they are, to one connection that the first of them makes', async () => {
  for (const mode of ['legacy', 'mainnet']) {
    const { asked, load } = double();
    const options = { MODE: mode, URL: 'http://node' };
    const { MODE, createDataItemSigner, createSigner, ...calls } = remoteConnection(mode, options, load);
    assert.equal(MODE, mode);
    assert.deepEqual(asked, []);
    const given = { process: 'p' };
    for (const [name, call] of Object.entries(calls)) assert.equal(await call(given), `${name} of the network`);
    assert.deepEqual(asked, [['connect', options], ...Object.keys(calls).map((name) => [name, given])]);
  }
});

test('the signer that connect was given signs where a call names nobody', async () => {
  const { asked, load } = double();
  const own = async () => ({});
  const calls = remoteConnection('legacy', { signer: own }, load);
  const signing = ['message', 'spawn', 'monitor', 'unmonitor', 'signMessage'];
  for (const name of signing) await calls[name]({ process: 'p' });
  await calls.message({ process: 'p', signer: 'another' });
  await calls.result({ process: 'p' });
  assert.deepEqual(asked.slice(1), [
    ...signing.map((name) => [name, { process: 'p', signer: own }]),
    ['message', { process: 'p', signer: 'another' }],
    ['result', { process: 'p' }],
  ]);
});

test('calls to the network are given up, too, and their errors have a code', async () => {
  const forever = { connect: () => ({ result: () => new Promise(() => {}) }) };
  const { result } = remoteConnection('legacy', {}, async () => forever);
  await assert.rejects(result({ timeout: 1 }), { code: 'TIMEOUT' });
  await assert.rejects(result({ signal: AbortSignal.abort() }), { code: 'ABORTED' });
  await assert.rejects(result({ timeout: -1 }), { code: 'ARGUMENT_INVALID' });
  const refused = new Error('403: no');
  const refusing = { connect: () => ({ result: async () => { throw refused; } }) };
  const thrown = await remoteConnection('legacy', {}, async () => refusing).result({}).catch((error) => error);
  assert.equal(thrown, refused);
  assert.equal(thrown.code, 'REMOTE_FAILED');
  const refusal = Object.assign(new Error('the user said no'), { code: 'WALLET_REFUSED' });
  const declining = { connect: () => ({ message: async () => { throw refusal; } }) };
  await assert.rejects(remoteConnection('legacy', {}, async () => declining).message({}), { code: 'WALLET_REFUSED' });
});

test('the connections have the keys that aoconnect’s have', async () => {
  const { connect: real } = await import('@permaweb/aoconnect');
  for (const MODE of ['legacy', 'mainnet']) {
    const [ours, theirs] = [connect({ MODE }), real({ MODE })];
    assert.deepEqual(Object.keys(ours).sort(), Object.keys(theirs).sort());
    for (const [name, value] of Object.entries(theirs)) assert.equal(ours[name].length, value.length, name);
  }
});

test('a signer of ours signs items, and theirs signs requests', async () => {
  const { asked, load } = double();
  const wallet = { signDataItem: async () => new Uint8Array(4) };
  const { createSigner } = remoteConnection('mainnet', {}, load);
  const signer = createSigner(wallet);
  await assert.rejects(signer(async () => ({}), 'ans104'), { code: 'WALLET_FAILED' });
  assert.deepEqual(asked, []);
  assert.deepEqual(await signer(async () => ({}), 'httpsig'), { signature: 'theirs' });
  assert.deepEqual(asked, [['sign', wallet, 'httpsig']]);
  const own = async () => ({ signature: 'own' });
  assert.equal(remoteConnection('mainnet', { signer: own }, load).createSigner(wallet), own);
});

test('what could not be loaded is said, and tried again', async () => {
  const { library } = double();
  let tries = 0;
  const load = async () => {
    tries += 1;
    if (tries === 1) throw new Error('not there');
    return library;
  };
  const { result } = remoteConnection('legacy', {}, load);
  await assert.rejects(result({}), { message: 'not there' });
  assert.equal(await result({}), 'result of the network');
  assert.equal(tries, 2);
});

test('without aoconnect, calls to the network say what to install', async () => {
  const hooks = `export async function resolve(name, context, next) {
    if (name === '@permaweb/aoconnect') throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    return next(name, context);
  }`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`);
  const { connect } = await import('../build/remote.js?without');
  await assert.rejects(connect({ MODE: 'legacy' }).result({ process: 'p', message: 'm' }), (error) => {
    assert.deepEqual([error.name, error.code], ['UnitError', 'REMOTE_UNAVAILABLE']);
    assert.match(error.message, /npm install @permaweb\/aoconnect/);
    assert.match(error.cause.message, /Cannot find package/);
    return true;
  });
});
