import { test } from 'node:test';
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Watches } from '../build/worker/watches.js';

const evaluated = (process, fields = {}) => [{ type: 'evaluated', process, failed: false, ...fields }];

/** Watches, and an expression whose evaluations are answered by hand. */
function watching() {
  const told = [];
  const asked = [];
  const watches = new Watches((what) => told.push(what.value ?? what.error.message));
  watches.add(1, 'p', () => new Promise((resolve, reject) => asked.push({ resolve, reject })));
  const answer = async (value) => {
    const { resolve, reject } = asked.shift();
    if (value instanceof Error) reject(value);
    else resolve(value);
    await turn();
  };
  return { watches, told, asked, answer };
}

test('the first value is told, and from then on what has changed', async () => {
  const { watches, told, answer } = watching();
  for (const value of ['1', '1', '2', '1']) {
    await answer(value);
    watches.notice(evaluated('p'));
  }
  assert.deepEqual(told, ['1', '2', '1']);
});

test('however much happens, one evaluation is on its way, and one more follows', async () => {
  const { watches, told, asked, answer } = watching();
  for (let i = 0; i < 10; i += 1) watches.notice(evaluated('p'));
  assert.equal(asked.length, 1);
  await answer('1');
  assert.equal(asked.length, 1);
  await answer('2');
  assert.equal(asked.length, 0);
  assert.deepEqual(told, ['1', '2']);
});

test('other processes, and messages that failed, are no reason to look again', async () => {
  const { watches, asked, answer } = watching();
  await answer('1');
  watches.notice([...evaluated('q'), ...evaluated('p', { failed: true }), { type: 'assigned', process: 'p' }]);
  assert.equal(asked.length, 0);
});

test('an error is told, and the watch goes on', async () => {
  const { watches, told, answer } = watching();
  for (const value of ['1', new Error('no'), new Error('no'), '1']) {
    await answer(value);
    watches.notice(evaluated('p'));
  }
  assert.deepEqual(told, ['1', 'no', '1']);
});

test('a value with its keys in another order is the same value', async () => {
  const { watches, told, answer } = watching();
  for (const value of ['{"a":1,"b":[2]}', '{"b":[2],"a":1}', '{"b":[1],"a":2}']) {
    await answer(value);
    watches.notice(evaluated('p'));
  }
  assert.deepEqual(told, ['{"a":1,"b":[2]}', '{"b":[1],"a":2}']);
});

test('a watch that was ended during its evaluation is told nothing', async () => {
  const { watches, told, answer } = watching();
  watches.remove(1);
  await answer('1');
  assert.deepEqual(told, []);
  assert.equal(watches.size, 0);
});
