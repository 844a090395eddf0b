// What follows from a message, as it is read from the logs.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createDataItemSigner } from '../build/index.js';
import { openUnit } from '../build/unit.js';
import { generateWallet } from '../build/wallet.js';
import { Consequences } from '../build/worker/consequences.js';

const failure = (code) => Object.assign(new Error(code), { code });
const tag = (name, value) => ({ name, value: String(value) });

/** A unit with one process, whose log has a line for each of `lines`; `read` counts those that it was asked for. */
function unitWith(lines) {
  const unit = { read: 0, lines };
  unit.log = async (process, listing) => {
    if (process !== 'P') throw failure('PROCESS_NOT_FOUND');
    const { by, from, limit } = JSON.parse(listing);
    const all = unit.lines.map(({ time, tags }, nonce) => ({ nonce, time, tags }));
    const after = all.filter(({ nonce, time }) => (by === 'nonce' ? nonce : time) > Number(from));
    const edges = after.slice(0, limit).map(({ nonce, time, tags }) => ({
      node: { message: tags && { tags }, assignment: { tags: [tag('Nonce', nonce), tag('Timestamp', time)] } },
    }));
    unit.read += edges.length;
    return JSON.stringify({ page_info: { has_next_page: after.length > edges.length }, edges });
  };
  return unit;
}

const line = (time, root) => ({ time, tags: root === undefined ? [] : [tag('Pushed-For', root)] });
const nonces = (found) => found.map(({ nonce }) => nonce);

test('what follows from a message is found behind a nonce, and nothing in what is no process', async () => {
  const unit = unitWith([line(1), line(5000, 'a'), line(5000, 'b'), { time: 6000, tags: null }, line(7000, 'a')]);
  const consequences = new Consequences(() => unit);
  assert.deepEqual(nonces(await consequences.of('P', { root: 'a', since: 5000, after: -1 })), [1, 4]);
  assert.deepEqual(nonces(await consequences.of('P', { root: 'a', since: 5000, after: 1 })), [4]);
  assert.deepEqual(nonces(await consequences.of('P', { root: 'c', since: 5000, after: -1 })), []);
  assert.deepEqual(await consequences.of('wallet', { root: 'a', since: 5000, after: -1 }), []);
  unit.lines.push({ time: 8000, tags: [tag('Pushed-For', 'a'), tag('Action', 'Spawned'), tag('Process', 'Q')] });
  assert.deepEqual(await consequences.of('P', { root: 'a', since: 5000, after: 4 }), [{ nonce: 5, spawned: 'Q' }]);
});

test('a log is read once for all who ask, and further back for whoever began earlier', async () => {
  const roots = Array.from({ length: 300 }, (_, i) => `root ${i}`);
  const unit = unitWith([...Array(1000).fill(line(1)), ...roots.map((root) => line(9000, root))]);
  const consequences = new Consequences(() => unit);
  const found = await Promise.all(roots.map((root) => consequences.of('P', { root, since: 9000, after: -1 })));
  assert.deepEqual(found.map(nonces), roots.map((_, i) => [1000 + i]));
  assert.equal(unit.read, 300);
  unit.lines[999] = line(1, 'early');
  assert.deepEqual(nonces(await consequences.of('P', { root: 'early', since: 0, after: -1 })), [999]);
});

test('a log that was put back is read anew', async () => {
  const unit = unitWith([line(5000, 'a')]);
  const consequences = new Consequences(() => unit);
  await consequences.of('P', { root: 'a', since: 5000, after: -1 });
  unit.lines = [line(5000, 'b')];
  consequences.forget();
  assert.deepEqual(nonces(await consequences.of('P', { root: 'a', since: 5000, after: -1 })), []);
  assert.deepEqual(nonces(await consequences.of('P', { root: 'b', since: 5000, after: -1 })), [0]);
});

test('many who wait for a reply at once each get their own, and are told when there is none', async (t) => {
  const unit = await openUnit({ storage: 'memory://many' });
  t.after(() => unit.close());
  const signer = createDataItemSigner(await generateWallet({ type: 'ed25519', keep: false }));
  const options = { signer, timeout: 20_000 };
  const last = await unit.deploy({
    signer,
    source: `Handlers.add('Ask', function(m) Send({ Target = m.Who, Data = m.Data }) end) Handlers.add('Quiet', function() end)`,
  });
  const first = await unit.deploy({
    signer,
    source: `Handlers.add('Any', function(m) return m.Action ~= 'Eval' end, function(m)
      Send({ Target = '${last}', Action = m.Action, Who = m.From, Data = m.Data }) end)`,
  });
  const texts = Array.from({ length: 30 }, (_, i) => String(i));
  const asked = await Promise.all(texts.map((Data) => unit.send(first, { Action: 'Ask', Data }, options)));
  assert.deepEqual(asked.map(({ Data }) => Data), texts);
  const quiet = await Promise.all(texts.map((Data) => unit.send(first, { Action: 'Quiet', Data }, options)));
  assert.deepEqual(quiet, texts.map(() => null));
});

test('a process that is made on the way may be the one that replies', async (t) => {
  const unit = await openUnit({ storage: 'memory://made' });
  t.after(() => unit.close());
  const signer = createDataItemSigner(await generateWallet({ type: 'ed25519', keep: false }));
  const maker = await unit.deploy({
    signer,
    source: `Handlers.add('Make', function(m) Spawn(ao.env.Module.Id, {
      Data = "Send({ Target = '" .. m.From .. "', Data = 'born' })", ['On-Boot'] = 'Data', Authority = ao.authorities[1] }) end)`,
  });
  const reply = await unit.send(maker, { Action: 'Make' }, { signer, timeout: 10_000 });
  assert.equal(reply?.Data, 'born');
  assert.notEqual(reply.from, maker);
});
