// The real aoconnect and ao-unit are given the same arguments, and what they make of them is compared, field by field.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import * as aoUnit from 'ao-unit';
import { attempt, comparable } from './attempt.mjs';
import { rows } from './arguments.mjs';
import { differing } from './differing.mjs';

/** A gateway that has every module, and nothing else that answers. */
async function network(address) {
  if (!String(address).endsWith('/graphql')) throw new Error(`${address} was asked`);
  const names = ['Module-Format', 'Input-Encoding', 'Output-Encoding'].map((name) => ({ name, value: 'x' }));
  const tags = [{ name: 'Data-Protocol', value: 'ao' }, { name: 'Type', value: 'Module' }, ...names];
  return Response.json({ data: { transactions: { edges: [{ node: { owner: { address: 'x' }, tags } }] } } });
}

// What aoconnect exports asks by the global `fetch` that there is when it is loaded.
globalThis.fetch = network;
const aoconnect = await import('@permaweb/aoconnect');

/** All that a library has: what it exports, and what its connection has besides. */
const whole = (library, options) => ({ ...library, ...library.connect(options) });

test('the names are the same', () => {
  assert.deepEqual(Object.keys(aoUnit).sort(), Object.keys(aoconnect).sort());
  assert.deepEqual(Object.keys(aoUnit.connect()), Object.keys(aoconnect.connect()));
  for (const name of Object.keys(aoconnect)) assert.equal(aoUnit[name].length, aoconnect[name].length, name);
  const [real, ours] = [aoconnect.connect(), aoUnit.connect()];
  for (const name of Object.keys(real)) assert.equal(ours[name]?.length, real[name]?.length, name);
  assert.equal(aoUnit.createSigner, aoUnit.createDataItemSigner);
});

test('what is refused before anybody is asked', async (t) => {
  const [real, ours] = [whole(aoconnect, { fetch: network }), whole(aoUnit)];
  const { compare, done } = differing('arguments');
  for (const [what, call] of rows) {
    await t.test(what, async () => {
      const [expected, actual] = [await attempt(() => call(real)), await attempt(() => call(ours))];
      compare(what, { real: comparable(expected), ours: comparable(actual), error: actual.error });
    });
  }
  await done();
});

test('what is exported refuses the same', async (t) => {
  const { compare } = differing('arguments');
  for (const [what, call] of rows) {
    const [name] = what.split(':');
    if (!(name in aoconnect) || name === 'connect') continue;
    await t.test(what, async () => {
      const [expected, actual] = [await attempt(() => call(aoconnect)), await attempt(() => call(aoUnit))];
      compare(what, { real: comparable(expected), ours: comparable(actual), error: actual.error });
    });
  }
});
