import { test } from 'node:test';
import assert from 'node:assert/strict';
import { shared } from '../build/shared.js';

test('an answer that never comes keeps nobody waiting who comes later', async () => {
  let asked = 0;
  const ask = shared(() => (asked++ === 0 ? new Promise(() => {}) : Promise.resolve('answer')), 20);
  const wallet = {};
  void ask(wallet);
  assert.equal(ask(wallet), ask(wallet));
  assert.equal(asked, 1);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(await ask(wallet), 'answer');
  assert.equal(asked, 2);
});
