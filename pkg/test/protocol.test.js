import { test } from 'node:test';
import assert from 'node:assert/strict';
import { UnitClient } from '../build/client.js';
import { UnitError } from '../build/error.js';
import { errorFromWire, errorToWire } from '../build/protocol.js';
import { serve } from '../build/serve.js';

/** A client, and whatever `api` has for its methods, at the two ends of a channel. */
function connected(t, api, onCrash) {
  const { port1, port2 } = new MessageChannel();
  serve(port2, api);
  const client = new UnitClient(port1, onCrash);
  port1.start();
  port2.start();
  t.after(() => port1.close());
  return client;
}

const failure = (code, message) => Object.assign(new Error(message), { code });
const never = () => new Promise(() => {});

test('an answer reaches the request that it belongs to', async (t) => {
  const delays = { slow: 20, fast: 0 };
  const client = connected(t, {
    result: (process) => new Promise((resolve) => setTimeout(resolve, delays[process], `of ${process}`)),
  });
  assert.deepEqual(await Promise.all([client.ask('result', 'slow', 'm'), client.ask('result', 'fast', 'm')]), ['of slow', 'of fast']);
});

test('an error keeps its code and message on the way', async (t) => {
  const client = connected(t, {
    result: async () => {
      throw failure('PROCESS_NOT_FOUND', 'there is no process abc');
    },
  });
  await assert.rejects(client.ask('result', 'abc', 'm'), (error) => {
    assert.ok(error instanceof UnitError);
    assert.equal(error.code, 'PROCESS_NOT_FOUND');
    assert.equal(error.message, 'there is no process abc');
    return true;
  });
});

test('whatever is thrown becomes an error with a code', () => {
  assert.equal(errorFromWire(errorToWire(new TypeError('no'))).code, 'INTERNAL');
  assert.equal(errorFromWire(errorToWire('text')).message, 'text');
  assert.equal(errorFromWire(errorToWire(failure(20, 'a DOM exception has numbers'))).code, 'INTERNAL');
});

test('the bytes of an item change hands', async (t) => {
  const client = connected(t, { accept: async (item) => JSON.stringify(item.length) });
  const item = new Uint8Array(100);
  assert.equal(await client.ask('accept', item), '100');
  assert.equal(item.byteLength, 0);
});

test('what cannot be sent rejects', async (t) => {
  const client = connected(t, {});
  await assert.rejects(client.ask('result', 'p', () => {}), { name: 'DataCloneError' });
});

test('a crash rejects what is pending and what comes after', async (t) => {
  let crashes = 0;
  const client = connected(t, { result: never }, () => crashes++);
  const pending = client.ask('result', 'p', 'm');
  client.crash('out of memory');
  await assert.rejects(pending, { code: 'CRASHED', message: /out of memory/ });
  await assert.rejects(client.ask('processes'), { code: 'CRASHED' });
  assert.equal(crashes, 1);
});

test('a trap of the unit is a crash', async (t) => {
  const client = connected(t, {
    result: async () => {
      throw new WebAssembly.RuntimeError('unreachable');
    },
    processes: never,
  });
  const other = client.ask('processes');
  await assert.rejects(client.ask('result', 'p', 'm'), { code: 'CRASHED', message: /unreachable/ });
  await assert.rejects(other, { code: 'CRASHED' });
});

test('closing rejects what is pending and what comes after', async (t) => {
  const client = connected(t, { result: never, close: async () => {} });
  const pending = client.ask('result', 'p', 'm');
  const closing = client.close();
  await assert.rejects(client.ask('processes'), { code: 'CLOSED' });
  await Promise.all([closing, assert.rejects(pending, { code: 'CLOSED' })]);
  await client.close();
});

test('events reach those who listen, in order, and one who throws keeps nobody from hearing', async (t) => {
  const types = [];
  const { port1, port2 } = new MessageChannel();
  serve(port2, { subscribe: async (wanted) => void types.push(wanted) });
  const client = new UnitClient(port1);
  port1.start();
  port2.start();
  t.after(() => port1.close());

  const heard = [];
  const thrown = [];
  t.mock.method(globalThis, 'queueMicrotask', (task) => thrown.push(task));
  const off = client.listeners.add('paused', () => {
    throw new Error('mine');
  });
  const offToo = client.listeners.add('paused', ({ cause }) => heard.push(cause));
  client.listeners.add('resumed', ({ cause }) => heard.push(`${cause} again`));
  port2.postMessage({ events: [{ type: 'paused', cause: 'a' }, { type: 'resumed', cause: 'a' }] });
  await client.ask('subscribe', ['paused']);
  assert.throws(thrown[0], { message: 'mine' });
  assert.deepEqual(heard, ['a', 'a again']);
  off();
  offToo();
  offToo();
  await client.ask('subscribe', []);
  assert.deepEqual(types, [['paused'], ['paused', 'resumed'], ['paused'], ['resumed'], []]);
});

test('who listens for errors hears of a crash, and so does who watches', async (t) => {
  const client = connected(t, { subscribe: async () => {}, watch: async () => {} });
  const watched = [];
  client.watch({ onValue: () => {}, onError: ({ code }) => watched.push(code) }, 'p', 'x');
  const heard = [];
  client.listeners.add('error', (event) => heard.push(event));
  client.crash('out of memory');
  client.crash('again');
  assert.deepEqual(heard.map(({ code, process }) => [code, process]), [['CRASHED', null]]);
  assert.deepEqual(watched, ['CRASHED']);
});
