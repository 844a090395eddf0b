// What a page has asked of other tabs, and what becomes of it when another leads.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Guest } from '../build/worker/leading.js';
import { Requests } from '../build/worker/requests.js';

const fork = (id) => ({ id, method: 'fork', args: ['p'] });
const accept = (id) => ({ id, method: 'accept', args: [new Uint8Array()] });

/** Requests of a page, and what the page was told. */
function asked(...requests) {
  const told = [];
  const pending = new Requests((reply) => told.push(reply));
  for (const request of requests) pending.add(request);
  return { pending, told };
}

test('what nobody began is asked of whoever leads next, whatever it is', () => {
  const { pending, told } = asked(fork(1), accept(2));
  assert.deepEqual(pending.again().map(({ id }) => id), [1, 2]);
  assert.deepEqual(told, []);
});

test('what was begun and must not be done twice is refused, and asked no more', () => {
  const { pending, told } = asked(fork(1), accept(2), fork(3));
  pending.begun(1);
  assert.deepEqual(pending.again().map(({ id }) => id), [2, 3]);
  assert.deepEqual(told.map(({ id, error }) => [id, error.code]), [[1, 'INTERRUPTED']]);
  assert.deepEqual(pending.again().map(({ id }) => id), [2, 3]);
  pending.begun(3);
  pending.told({ id: 3, value: 'q' });
  assert.deepEqual(pending.again().map(({ id }) => id), [2]);
  pending.begun(3);
  assert.equal(told.length, 2);
});

test('a leader says what it begins before it does it, and does it once', async () => {
  const posted = [];
  let hear;
  const port = { postMessage: (message) => posted.push(message), addEventListener: (_, listener) => (hear = listener) };
  const forks = [];
  const unit = { fork: async (process) => forks.push([process, posted.length]) && 'q', clock: async () => '{}' };
  new Guest({ unit, onRevived: () => () => {} }, port, () => {});
  const clock = { id: 8, method: 'clock', args: [] };
  await Promise.all([fork(7), fork(7), clock, clock].map((data) => hear({ data })));
  assert.deepEqual(posted[0], { begun: 7 });
  assert.deepEqual(forks, [['p', 1]]);
  assert.deepEqual(posted.slice(1), [{ id: 7, value: 'q' }, { id: 8, value: '{}' }, { id: 8, value: '{}' }]);
});
