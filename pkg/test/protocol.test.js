import { test } from 'node:test';
import assert from 'node:assert/strict';
import { UnitClient } from '../dist/client.js';
import { UnitError } from '../dist/error.js';
import { errorFromWire, errorToWire } from '../dist/protocol.js';
import { serve } from '../dist/serve.js';

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
  assert.deepEqual(await Promise.all([client.result('slow', 'm'), client.result('fast', 'm')]), ['of slow', 'of fast']);
});

test('an error keeps its code and message on the way', async (t) => {
  const client = connected(t, {
    result: async () => {
      throw failure('PROCESS_NOT_FOUND', 'there is no process abc');
    },
  });
  await assert.rejects(client.result('abc', 'm'), (error) => {
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
  assert.equal(await client.accept(item), '100');
  assert.equal(item.byteLength, 0);
});

test('what cannot be sent rejects', async (t) => {
  const client = connected(t, {});
  await assert.rejects(client.result('p', () => {}), { name: 'DataCloneError' });
});

test('a crash rejects what is pending and what comes after', async (t) => {
  let crashes = 0;
  const client = connected(t, { result: never }, () => crashes++);
  const pending = client.result('p', 'm');
  client.crash('out of memory');
  await assert.rejects(pending, { code: 'CRASHED', message: /out of memory/ });
  await assert.rejects(client.processes(), { code: 'CRASHED' });
  assert.equal(crashes, 1);
});

test('a trap of the unit is a crash', async (t) => {
  const client = connected(t, {
    result: async () => {
      throw new WebAssembly.RuntimeError('unreachable');
    },
    processes: never,
  });
  const other = client.processes();
  await assert.rejects(client.result('p', 'm'), { code: 'CRASHED', message: /unreachable/ });
  await assert.rejects(other, { code: 'CRASHED' });
});

test('closing rejects what is pending and what comes after', async (t) => {
  const client = connected(t, { result: never, close: async () => {} });
  const pending = client.result('p', 'm');
  const closing = client.close();
  await assert.rejects(client.processes(), { code: 'CLOSED' });
  await Promise.all([closing, assert.rejects(pending, { code: 'CLOSED' })]);
  await client.close();
});
