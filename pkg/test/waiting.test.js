// Calls that somebody tires of waiting for.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createConnection } from '../build/aoconnect/connection.js';
import { createCalls } from '../build/calls.js';
import { UnitClient } from '../build/client.js';
import { serve } from '../build/serve.js';
import { waiting } from '../build/waiting.js';
import { createDataItem } from '../build/data-item.js';
import { key, target } from './sealer.js';

/** Builds what it is asked for. */
const signer = async (create) => createDataItem(await create({ passthrough: true }), key);
const tags = ['Data-Protocol=ao', 'Type=Message'].map((tag) => tag.split('=')).map(([name, value]) => ({ name, value }));
const { raw } = await createDataItem({ target, tags }, key);
const never = () => new Promise(() => {});

test('a call that is waited for too long rejects', async () => {
  await assert.rejects(waiting({ timeout: 5 }, never), { name: 'UnitError', code: 'TIMEOUT', message: /5 ms/ });
  assert.equal(await waiting({ timeout: 1000 }, async () => 'in time'), 'in time');
  assert.equal(await waiting({ timeout: Infinity }, async () => 'in time'), 'in time');
  await assert.rejects(waiting({ timeout: 1000 }, async () => Promise.reject(new Error('its own'))), { message: 'its own' });
});

test('an answer that comes after the time is late, although no timer could fire before', async () => {
  const busy = async () => {
    for (const until = performance.now() + 30; performance.now() < until; );
    return 'late';
  };
  await assert.rejects(waiting({ timeout: 10 }, busy), { code: 'TIMEOUT' });
  assert.equal(await waiting({ timeout: 1000 }, busy), 'late');
});

test('a call that is aborted rejects, with the reason as the cause', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const call = waiting({ signal }, never);
  const reason = new Error('the page went');
  controller.abort(reason);
  await assert.rejects(call, { code: 'ABORTED', cause: reason });
  let ran = false;
  await assert.rejects(waiting({ signal }, async () => (ran = true)), { code: 'ABORTED', cause: reason });
  assert.equal(ran, false, 'nothing is begun that nobody waits for');
});

test('nobody listens to a signal any more when the call is over', async () => {
  const { signal } = new AbortController();
  await waiting({ signal, timeout: 1000 }, async () => 'done');
  await assert.rejects(waiting({ signal }, async () => Promise.reject(new Error('failed'))));
  await assert.rejects(waiting({ signal, timeout: 1 }, never), { code: 'TIMEOUT' });
  assert.deepEqual(getEventListeners(signal, 'abort'), []);
});

test('how long a call is waited for is a number, and a signal is a signal', async () => {
  for (const timeout of ['5', -1, NaN, null]) {
    await assert.rejects(waiting({ timeout }, never), { code: 'ARGUMENT_INVALID', message: /^timeout is a number/ });
  }
  for (const signal of [5, {}, null, 'x']) {
    await assert.rejects(waiting({ signal }, never), { code: 'ARGUMENT_INVALID', message: /^signal is an AbortSignal/ });
  }
});

/** A client of a unit that never answers, and what it was asked. */
function silent(t) {
  const { port1, port2 } = new MessageChannel();
  const asked = [];
  const api = new Proxy({}, { get: (_, method) => async (...args) => (asked.push([method, ...args]), answers[method]?.(...args) ?? never()) });
  const answers = {};
  serve(port2, api);
  const client = new UnitClient(port1);
  port1.start();
  port2.start();
  t.after(() => port1.close());
  const target = { ask: client.ask.bind(client), until: client.until.bind(client), address: 'a' };
  return { client, asked, answers, open: async () => target };
}

test('every call can be tired of, in the drop-in and on the handle', async (t) => {
  const { open } = silent(t);
  const options = {
    process: target, module: 'M', message: 'm', signer, processId: target, messageId: 'm', from: '', to: '', id: 'm', raw,
  };
  const { MODE, createDataItemSigner, ...calls } = createConnection(undefined, { open, signer });
  for (const [name, call] of [...Object.entries(calls), ...Object.entries(createCalls(open, signer))]) {
    if (name === 'signMessage') continue;
    await assert.rejects(call({ ...options, timeout: 1 }), { code: 'TIMEOUT' }, name);
    await assert.rejects(call({ ...options, signal: AbortSignal.abort('gone') }), { code: 'ABORTED', cause: 'gone' }, name);
  }
  const patient = () => never();
  await assert.rejects(calls.signMessage({ ...options, signer: patient, timeout: 1 }), { code: 'TIMEOUT' });
});

test('what is not waited for any longer is forgotten, and a late answer does no harm', async (t) => {
  const { client, answers } = silent(t);
  let answer;
  answers.result = () => new Promise((resolve) => (answer = resolve));
  const controller = new AbortController();
  const asked = client.until(controller.signal)('result', 'p', 'm');
  while (!answer) await new Promise((resolve) => setTimeout(resolve, 1));
  controller.abort(new Error('enough'));
  await assert.rejects(asked, { message: 'enough' });
  answer('late');
  answers.paused = async () => '[]';
  assert.equal(await client.ask('paused'), '[]');
  assert.deepEqual(getEventListeners(controller.signal, 'abort'), []);
});

test('what is signed after the time is not sent', async (t) => {
  const { open, asked } = silent(t);
  let sign;
  const signer = () => new Promise((resolve) => (sign = () => resolve({ id: 'i', raw })));
  for (const { message } of [createConnection(undefined, { open }), createCalls(open)]) {
    await assert.rejects(message({ process: target, signer, timeout: 5 }), { code: 'TIMEOUT' });
    sign();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.deepEqual(asked, []);
});
