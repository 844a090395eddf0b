// Calls that somebody tires of waiting for.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createConnection } from '../build/aoconnect/connection.js';
import { createCalls } from '../build/calls.js';
import { UnitClient } from '../build/client.js';
import { Unit } from '../build/handle.js';
import { serve } from '../build/serve.js';
import { TestUnit } from '../build/testing/unit.js';
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

/** Every verb of a handle that waits, each as a call that takes how long it is waited for. */
const verbsOf = (unit) => ({
  'accept': (wait) => unit.accept(raw, wait),
  'advanceClock': (wait) => unit.advanceClock(1, wait),
  'archive': (wait) => unit.archive(target, { url: 'http://localhost:1', signer, ...wait }),
  'assign': (wait) => unit.assign({ process: target, message: 'm', ...wait }),
  'checkpointNow': (wait) => unit.checkpointNow(target, wait),
  'advanceClock': (wait) => unit.advanceClock(1, wait),
  'deleteProcess': (wait) => unit.deleteProcess(target, wait),
  'clock': (wait) => unit.clock(wait),
  'deleteProcess': (wait) => unit.deleteProcess(target, wait),
  'deploy': (wait) => unit.deploy({ source: '', signer, ...wait }),
  'dryrun': (wait) => unit.dryrun({ process: target, ...wait }),
  'evaluate': (wait) => unit.evaluate(target, '', { signer, ...wait }),
  'exportProcess': (wait) => unit.exportProcess(target, wait),
  'find': (wait) => unit.find('m', wait),
  'fork': (wait) => unit.fork(target, wait),
  'importProcess': (wait) => unit.importProcess(raw, wait),
  'inspect': (wait) => unit.inspect(target, '1', wait),
  'log': (wait) => unit.log({ process: target, ...wait }),
  'message': (wait) => unit.message({ process: target, signer, ...wait }),
  'modules.list': (wait) => unit.modules.list(wait),
  'modules.register': (wait) => unit.modules.register({ id: 'x', ...wait }),
  'monitor': (wait) => unit.monitor(target, wait),
  'outbound': (wait) => unit.outbound({ process: target, ...wait }),
  'outcomeAt': (wait) => unit.outcomeAt(target, 0, wait),
  'paused': (wait) => unit.paused(wait),
  'processes': (wait) => unit.processes(wait),
  'read': (wait) => unit.read(target, '1', wait),
  'replay': (wait) => unit.replay(target, wait),
  'result': (wait) => unit.result({ process: target, message: 'm', ...wait }),
  'results': (wait) => unit.results({ process: target, ...wait }),
  'resume': (wait) => unit.resume('c', wait),
  'send': (wait) => unit.send(target, {}, { signer, ...wait }),
  'spawn': (wait) => unit.spawn({ module: 'M', signer, ...wait }),
  'stateAt': (wait) => unit.stateAt(target, 0, wait),
  'unmonitor': (wait) => unit.unmonitor(target, wait),
});

/** … and those that only tests have. */
const testingVerbsOf = (unit) => ({
  'advance': (wait) => unit.advance(1, wait),
  'as().deploy': (wait) => unit.as('alice').deploy({ source: '', ...wait }),
  'as().evaluate': (wait) => unit.as('alice').evaluate(target, '', wait),
  'as().send': (wait) => unit.as('alice').send(target, {}, wait),
  'deliveries.pause': (wait) => unit.deliveries.pause(wait),
  'deliveries.reorder': (wait) => unit.deliveries.reorder((waiting) => waiting, wait),
  'deliveries.resume': (wait) => unit.deliveries.resume(wait),
  'deliveries.step': (wait) => unit.deliveries.step(wait),
  'deliveries.waiting': (wait) => unit.deliveries.waiting(wait),
  'inbox': (wait) => unit.inbox('bob', wait),
  'revert': (wait) => unit.revert({ number: 0, deliveries: { isPaused: false, order: [] } }, wait),
  'setBlockHeight': (wait) => unit.setBlockHeight(1, wait),
  'setTime': (wait) => unit.setTime(1, wait),
  'settle': (wait) => unit.settle(wait),
  'snapshot': (wait) => unit.snapshot(wait),
});

/** What a handle has that waits for no unit: it ends, or tells, or asks the browser, or nobody. */
const WAITS_FOR_NOTHING = [
  'constructor', 'close', 'connect', 'on', 'opened', 'parsed', 'persist', 'storage', 'subscribed', 'watch', 'within', 'as',
  'wallet',
];

test('no verb of a handle is left out of what can be tired of', () => {
  const names = new Set();
  for (let proto = TestUnit.prototype; proto !== Object.prototype; proto = Object.getPrototypeOf(proto)) {
    for (const name of Object.getOwnPropertyNames(proto)) names.add(name);
  }
  const tested = [...Object.keys(verbsOf()), ...Object.keys(testingVerbsOf())].map((name) => name.split(/[.(]/)[0]);
  const all = new Set([...tested, ...WAITS_FOR_NOTHING]);
  assert.deepEqual([...names].filter((name) => !all.has(name)), []);
});

for (const [whose, make] of Object.entries({ 'any unit': Unit, 'a unit under test': TestUnit })) {
  const verbs = make === Unit ? verbsOf : testingVerbsOf;

  test(`every verb of ${whose} can be tired of`, async (t) => {
    const { open, asked } = silent(t);
    const calls = verbs(new make(await open(), async () => {}));
    for (const [name, call] of Object.entries(calls)) {
      await assert.rejects(call({ timeout: 1 }), { code: 'TIMEOUT' }, name);
      const controller = new AbortController();
      const before = asked.length;
      const aborted = call({ signal: controller.signal });
      while (asked.length === before) await new Promise((resolve) => setTimeout(resolve, 1));
      controller.abort('gone');
      await assert.rejects(aborted, { code: 'ABORTED', cause: 'gone' }, name);
      assert.deepEqual(getEventListeners(controller.signal, 'abort'), [], name);
    }
  });

  test(`a verb of ${whose} that nobody waits for asks nothing`, async (t) => {
    const { open, asked } = silent(t);
    const calls = verbs(new make(await open(), async () => {}));
    for (const [name, call] of Object.entries(calls)) {
      await assert.rejects(call({ signal: AbortSignal.abort('gone') }), { code: 'ABORTED', cause: 'gone' }, name);
    }
    assert.deepEqual(asked, []);
  });

  test(`how long a verb of ${whose} is waited for is a number, and what aborts it is a signal`, async (t) => {
    const { open, asked } = silent(t);
    const calls = verbs(new make(await open(), async () => {}));
    for (const [name, call] of Object.entries(calls)) {
      await assert.rejects(call({ timeout: '1' }), { code: 'ARGUMENT_INVALID', message: /^timeout is a number/ }, name);
      await assert.rejects(call({ signal: {} }), { code: 'ARGUMENT_INVALID', message: /^signal is an AbortSignal/ }, name);
    }
    assert.deepEqual(asked, []);
  });
}

test('what asks the browser can be tired of, too', async (t) => {
  const { open } = silent(t);
  const unit = new Unit(await open(), async () => {});
  for (const call of [(wait) => unit.storage(wait), (wait) => unit.persist(wait)]) {
    await assert.rejects(call({ signal: AbortSignal.abort('gone') }), { code: 'ABORTED', cause: 'gone' });
    await assert.rejects(call({ timeout: '1' }), { code: 'ARGUMENT_INVALID' });
  }
});

test('options that are none are named', async (t) => {
  const { open } = silent(t);
  const unit = new TestUnit(await open(), async () => {});
  const calls = {
    'a call': [() => unit.processes(null), () => unit.replay(target, 5), () => unit.settle('1'), () => unit.as('a').send(target, {}, null)],
    'results': [() => unit.results()],
    'log': [() => unit.log(target)],
    'outbound': [() => unit.outbound(null)],
    'assign': [() => unit.assign()],
    'find': [() => unit.find('m', null)],
    'fork': [() => unit.fork(target, null)],
    'importProcess': [() => unit.importProcess(raw, null)],
    'archive': [() => unit.archive(target)],
    'expression': [() => unit.inspect(target, '1', null), () => unit.read(target, '1', 5)],
  };
  for (const [name, all] of Object.entries(calls)) {
    for (const call of all) await assert.rejects(call(), { code: 'ARGUMENT_INVALID', message: new RegExp(name) }, String(call));
  }
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
