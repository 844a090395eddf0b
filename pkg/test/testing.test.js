// The test kit, used as its readers use it: on real processes, in Node.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createFetch, LOCALNET } from '../build/fetch.js';
import { openUnit } from '../build/unit.js';
import { assertFailed, assertReplied, assertSentTo, matchers, openTestUnit } from '../build/test.js';

const TOKEN = `
Balances = { [Owner] = 100 }
Handlers.add('Balance', function(msg) msg.reply({ Data = tostring(Balances[msg.From] or 0) }) end)
Handlers.add('Transfer', function(msg)
  local quantity = tonumber(msg.Quantity)
  assert((Balances[msg.From] or 0) >= quantity, 'Insufficient balance')
  Balances[msg.From] = Balances[msg.From] - quantity
  Balances[msg.Recipient] = (Balances[msg.Recipient] or 0) + quantity
  msg.reply({ Action = 'Debit-Notice', Quantity = msg.Quantity })
  Send({ Target = msg.Recipient, Action = 'Credit-Notice', Quantity = msg.Quantity })
end)`;
const NOTES = `Notes = {} Handlers.add('Note', function(msg) table.insert(Notes, msg.Data .. '<' .. msg.From) end)`;

test('a process answers whoever sends, under any name', async (t) => {
  const unit = await openTestUnit(t);
  const token = await unit.as('alice').deploy({ source: TOKEN, name: 'Token' });
  const transfer = await unit.as('alice').send(token, { Action: 'Transfer', Recipient: 'bob', Quantity: 5 });
  assertReplied(transfer, { Action: 'Debit-Notice', Quantity: 5 });
  assertSentTo(transfer, 'bob', { Action: /^Credit/ });
  assertReplied(await unit.as('bob').send(token, { Action: 'Balance' }), { Data: '5' });
  assert.deepEqual(transfer.sent.map(({ Target, Action }) => [Target, Action]), [['alice', 'Debit-Notice'], ['bob', 'Credit-Notice']]);
  assert.deepEqual((await unit.inbox('bob')).map(({ Action, from }) => [Action, from]), [['Credit-Notice', token], [undefined, token]]);
});

test('a failure is no rejection, and changes nothing', async (t) => {
  const unit = await openTestUnit(t);
  const token = await unit.as('alice').deploy({ source: TOKEN });
  const failed = await unit.as('bob').send(token, { Action: 'Transfer', Recipient: 'carol', Quantity: 1 });
  assertFailed(failed, 'Insufficient balance');
  assertFailed(failed, /balance/);
  assert.equal(failed.reply, null);
  assert.equal(await unit.read(token, 'Balances.bob'), null);
});

test('a source that fails rejects, with the words of Lua', async (t) => {
  const unit = await openTestUnit(t);
  await assert.rejects(unit.as('alice').deploy({ source: 'error("no such luck")' }), (error) => {
    assert.equal(error.code, 'DEPLOY_FAILED');
    assert.match(error.message, /no such luck/);
    return true;
  });
});

test('only the owner evaluates, and anybody can be the owner', async (t) => {
  const unit = await openTestUnit(t);
  const process = await unit.as('alice').deploy({ source: 'x = 1' });
  assert.equal((await unit.as('alice').evaluate(process, 'return x + 1')).output, '2');
  await unit.as('mallory').evaluate(process, 'x = 100');
  assert.equal(await unit.read(process, 'x'), 1);
});

test('an authority brings a message for a process, and nobody else does', async (t) => {
  const unit = await openTestUnit(t);
  const process = await unit.as('alice').deploy({ source: NOTES });
  const sender = 'P'.repeat(43);
  await unit.as({ from: sender, owner: unit.address }).send(process, { Action: 'Note', Data: 'one' });
  await unit.as({ from: sender, owner: 'mallory' }).send(process, { Action: 'Note', Data: 'two' });
  assert.deepEqual(await unit.read(process, 'Notes'), [`one<${sender}`, 'two<mallory']);
});

test('the same test has the same ids', async (t) => {
  const run = async () => {
    const unit = await openTestUnit(t);
    const token = await unit.as('alice').deploy({ source: TOKEN });
    const { id } = await unit.as('alice').send(token, { Action: 'Balance' });
    return [token, id];
  };
  assert.deepEqual(await run(), await run());
});

test('a named wallet is the same in every unit, and signs for real', async (t) => {
  const [one, other] = [await openTestUnit(t), await openTestUnit(t)];
  const alice = await one.wallet('alice');
  assert.equal((await other.wallet('alice')).address, alice.address);
  assert.notEqual((await other.wallet('bob')).address, alice.address);
  const token = await one.deploy({ source: TOKEN, signer: alice.signer });
  const reply = await one.send(token, { Action: 'Balance' }, { signer: alice.signer });
  assert.equal(reply.Data, '100');
  assertReplied(await one.as(alice).send(token, { Action: 'Balance' }), { Data: '100' });
});

test('the clock stands until it is set', async (t) => {
  const unit = await openTestUnit(t, { time: 1_800_000_000_000 });
  const process = await unit.as('alice').deploy({ source: `Handlers.add('Time', function(m) m.reply({ Data = tostring(m.Timestamp) .. ' ' .. tostring(m['Block-Height']) }) end)` });
  const time = async () => (await unit.as('alice').send(process, { Action: 'Time' })).reply.Data.split(' ').map(Number);
  const [first, height] = await time();
  assert.equal(first, 1_800_000_000_000);
  assert.deepEqual(await time(), [first, height]);
  await unit.advance(1_500);
  assert.equal((await time())[0], first + 1_500);
  await unit.setTime(first + 2_000);
  assert.equal((await time())[0], first + 2_000);
  await unit.setBlockHeight(height + 10);
  assert.equal((await time())[1], height + 10);
  await assert.rejects(unit.setTime(first), { code: 'TIME_INVALID' });
  await assert.rejects(unit.setBlockHeight(height), { code: 'TIME_INVALID' });
  await assert.rejects(unit.advance(0.5), { code: 'TIME_INVALID' });
});

test('crons tick when the clock has come so far', async (t) => {
  const unit = await openTestUnit(t);
  const source = `Ticks = 0 Handlers.add('Tick', function() Ticks = Ticks + 1 end)`;
  const tags = { 'Cron-Interval': '10-seconds', 'Cron-Tag-Action': 'Tick' };
  const process = await unit.as('alice').deploy({ source, tags });
  await unit.monitor(process);
  await unit.advance(35_000);
  assert.equal(await unit.read(process, 'Ticks'), 3);
  await unit.advance(10_000);
  assert.equal(await unit.read(process, 'Ticks'), 4);
});

test('a unit goes back to a snapshot, as often as one likes', async (t) => {
  const unit = await openTestUnit(t);
  const token = await unit.as('alice').deploy({ source: TOKEN });
  const snapshot = await unit.snapshot();
  const spend = () => unit.as('alice').send(token, { Action: 'Transfer', Recipient: 'bob', Quantity: 60 });
  const ids = [];
  for (let round = 0; round < 2; round += 1) {
    const sent = await spend();
    ids.push(sent.id);
    assertReplied(sent);
    assertFailed(await spend(), 'Insufficient');
    await unit.advance(1_000);
    await unit.revert(snapshot);
    assert.equal(await unit.read(token, 'Balances.bob'), null);
  }
  // It is the same message in the same place.
  assert.equal(ids[0], ids[1]);
  assert.equal((await unit.clock()).timestamp, Date.UTC(2025));
  await assert.rejects(unit.revert({ number: 9, deliveries: { isPaused: false, order: [] } }), { code: 'SNAPSHOT_UNKNOWN' });
});

test('a watch and a listener go on after going back', async (t) => {
  const unit = await openTestUnit(t);
  const token = await unit.as('alice').deploy({ source: TOKEN });
  const [values, events] = [[], []];
  unit.watch(token, 'Balances.bob or 0', (value) => values.push(value));
  unit.on('evaluated', ({ nonce }) => events.push(nonce));
  const snapshot = await unit.snapshot();
  const spend = () => unit.as('alice').send(token, { Action: 'Transfer', Recipient: 'bob', Quantity: 60 });
  await spend();
  await unit.revert(snapshot);
  await spend();
  await unit.read(token, '1');
  assert.deepEqual(events, [1, 1]);
  assert.equal(values[0], 0);
  assert.equal(values.at(-1), 60);
});

test('messages between processes wait, and come in any order', async (t) => {
  const unit = await openTestUnit(t);
  const notes = await unit.as('alice').deploy({ source: NOTES });
  const sender = await unit.as('alice').deploy({
    source: `Handlers.add('Go', function() for i = 1, 3 do Send({ Target = '${notes}', Action = 'Note', Data = tostring(i) }) end end)`,
  });
  await unit.deliveries.pause();
  await unit.as('alice').send(sender, { Action: 'Go' });
  assert.deepEqual(await unit.read(notes, 'Notes'), []);
  assert.deepEqual((await unit.deliveries.waiting()).map(({ data }) => data), ['1', '2', '3']);
  await unit.deliveries.reorder(([one, two, three]) => [three, one, two]);
  assert.equal((await unit.deliveries.step()).data, '3');
  assert.deepEqual(await unit.read(notes, 'Notes'), [`3<${sender}`]);
  await assert.rejects(unit.deliveries.reorder(() => []), { code: 'ORDER_INVALID' });
  const snapshot = await unit.snapshot();
  await unit.deliveries.resume();
  assert.deepEqual(await unit.read(notes, 'Notes'), ['3', '1', '2'].map((note) => `${note}<${sender}`));
  assert.equal(await unit.deliveries.step(), null);
  await unit.revert(snapshot);
  assert.deepEqual((await unit.deliveries.waiting()).map(({ data }) => data), ['1', '2']);
  await unit.deliveries.reorder((waiting) => waiting.reverse());
  const reordered = await unit.snapshot();
  await unit.deliveries.step();
  await unit.revert(reordered);
  assert.deepEqual((await unit.deliveries.waiting()).map(({ data }) => data), ['2', '1']);
  await unit.as('alice').send(sender, { Action: 'Go' });
  assert.equal((await unit.deliveries.waiting()).length, 5);
});

test('matchers say what there was', async (t) => {
  const unit = await openTestUnit(t);
  const token = await unit.as('alice').deploy({ source: TOKEN });
  const balance = await unit.as('alice').send(token, { Action: 'Balance' });
  assert.equal(matchers.toHaveReplied(balance, { Data: '100' }).pass, true);
  const { pass, message } = matchers.toHaveReplied(balance, { Data: '99' });
  assert.equal(pass, false);
  assert.match(message(), /expected a reply like { Data: "99" }, and there were\n {2}{.*Data: "100" }/);
  assert.throws(() => assertReplied(balance, { Nothing: 'x' }), { name: 'AssertionError', code: 'ERR_ASSERTION' });
  assert.throws(() => assertFailed(balance), /it did not fail/);
  assert.throws(() => assertSentTo(balance, 'nobody'), /there was none/);
  assert.throws(() => assertReplied('text'), /is not what came of a message/);
});

test('what only tests may do, no other unit does', async (t) => {
  const { openUnit } = await import('../build/unit.js');
  const { TestUnit } = await import('../build/testing/unit.js');
  const unit = await openUnit({ storage: 'memory://plain' });
  t.after(() => unit.close());
  const target = { address: unit.address, ask: (...args) => unit.ask(...args) };
  const posing = new TestUnit(target, async () => {});
  for (const call of [() => posing.as('alice').deploy({ source: '' }), () => posing.deliveries.pause(), () => posing.advance(60_000)]) {
    await assert.rejects(call(), { code: 'TESTING_ONLY' });
  }
  await assert.rejects(openUnit({ storage: 'idb://real', testing: {} }), (error) => ['SETTINGS_INVALID', 'UNSUPPORTED'].includes(error.code));
});

test('a test that would never end is given up', async (t) => {
  const unit = await openTestUnit(t, { budget: 1_000_000 });
  const alice = unit.as('alice');
  const echo = await alice.deploy({ source: `Count = 0 Handlers.add('Ball', function(m) Count = Count + 1 m.reply({ Action = 'Ball' }) end)` });
  const wall = await alice.deploy({ source: `Handlers.add('Ball', function(m) m.reply({ Action = 'Ball' }) end)` });
  const serve = { from: wall, owner: unit.address };
  await assert.rejects(unit.as(serve).send(echo, { Action: 'Ball' }, { timeout: 200 }), { code: 'TIMEOUT' });
  const controller = new AbortController();
  setTimeout(() => controller.abort('enough'), 50);
  await assert.rejects(unit.settle({ signal: controller.signal }), { code: 'ABORTED', cause: 'enough' });
  // What was begun goes on.
  const count = await unit.read(echo, 'Count');
  while ((await unit.read(echo, 'Count', { timeout: 10_000 })) === count) await new Promise((resolve) => setTimeout(resolve, 1));
});

test('going back is not given up half way', async (t) => {
  const unit = await openTestUnit(t);
  const notes = await unit.as('alice').deploy({ source: NOTES });
  await unit.deliveries.pause();
  const snapshot = await unit.snapshot();
  await unit.deliveries.resume();
  await unit.as('alice').send(notes, { Action: 'Note', Data: 'one' });
  const controller = new AbortController();
  const reverted = unit.revert(snapshot, { signal: controller.signal });
  controller.abort();
  await assert.rejects(reverted, { code: 'ABORTED' });
  while ((await unit.read(notes, '#Notes')) > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.equal(unit.deliveries.isPaused, true);
  const sender = await unit.as('alice').deploy({ source: `Send({ Target = '${notes}', Action = 'Note', Data = 'two' })` });
  assert.deepEqual((await unit.deliveries.waiting()).map(({ from }) => from), [sender]);
});

test('a unit that is not waited for is closed when it has opened', async (t) => {
  const storage = 'memory://given-up';
  await assert.rejects(openUnit({ storage, timeout: 0 }), { code: 'TIMEOUT' });
  await assert.rejects(openUnit({ storage, signal: AbortSignal.abort('gone') }), { code: 'ABORTED', cause: 'gone' });
  await assert.rejects(openUnit({ storage, timeout: 'soon' }), { code: 'ARGUMENT_INVALID' });
  await assert.rejects(openUnit(null), { code: 'ARGUMENT_INVALID' });
  const controller = new AbortController();
  const opening = openUnit({ storage, signal: controller.signal });
  controller.abort();
  await assert.rejects(opening, { code: 'ABORTED' });
  const address = async () => {
    const unit = await openUnit({ storage });
    await unit.close();
    return unit.address;
  };
  // Whoever is last to close it ends what it has in memory.
  assert.notEqual(await address(), await address());
  await assert.rejects(openTestUnit(t, { timeout: 0 }), { code: 'TIMEOUT' });
});

test('each test has a unit of its own, and closes it', async (t) => {
  let ended;
  const unit = await openTestUnit({ after: (done) => (ended = done) });
  await unit.as('alice').deploy({ source: '' });
  assert.deepEqual(await (await openTestUnit(t)).processes(), []);
  await ended();
  await assert.rejects(unit.processes(), { code: 'CLOSED' });
});

test('what makes no sense is an error with a code, that names it', async (t) => {
  const unit = await openTestUnit(t);
  const alice = unit.as('alice');
  const process = await alice.deploy({ source: '' });
  const calls = {
    'deploy': () => alice.deploy(),
    'source': () => alice.deploy({ source: null }),
    'process': () => alice.send(5, {}),
    'send': () => alice.send(process, 'hello'),
    'Lua': () => alice.evaluate(process),
    'UTF-8': () => alice.send(process, { Data: Uint8Array.of(255) }),
    'who': async () => unit.as(5),
    'name': () => unit.wallet(5),
    'revert': () => unit.revert(),
    'order': () => unit.deliveries.reorder(5),
    'of the unit: deploy': () => unit.deploy(),
    'of the unit: source': () => unit.deploy({ signer: async () => {} }),
    'of the unit: process': () => unit.send(undefined, {}),
    'of the unit: fields': () => unit.send(process, 'hello'),
    'of the unit: no fields': () => unit.send(process),
    'of the unit: options': () => unit.send(process, {}, null),
    'of the unit: evaluate': () => unit.evaluate(),
    'of the unit: read': () => unit.read(process, 5),
    'of the unit: inspect': () => unit.inspect(process),
    'of the unit: watch': async () => unit.watch(process, 5, () => {}),
    'of the unit: register': () => unit.modules.register('x'),
  };
  for (const [what, call] of Object.entries(calls)) await assert.rejects(call(), { code: 'ARGUMENT_INVALID' }, what);
  assert.equal((await unit.processes()).length, 1);
});

test('the network is what the unit is, after going back, too', async (t) => {
  const unit = await openTestUnit(t);
  const fetch = createFetch(unit);
  const alice = unit.as('alice');
  const process = await alice.deploy({ source: '' });
  const listed = async () => {
    const query = '{ transactions(recipients: ["' + process + '"]) { edges { node { id } } } }';
    const response = await fetch(`${LOCALNET.GATEWAY_URL}/graphql`, { method: 'POST', body: JSON.stringify({ query }) });
    return (await response.json()).data.transactions.edges.map(({ node }) => node.id);
  };
  const snapshot = await unit.snapshot();
  const first = await alice.send(process, { Data: 'first' });
  assert.ok((await listed()).includes(first.id));
  await unit.revert(snapshot);
  const second = await alice.send(process, { Data: 'second' });
  const ids = await listed();
  assert.ok(ids.includes(second.id) && !ids.includes(first.id), ids.join());
});

test('a fetch opens a unit that was closed anew, and answers', async (t) => {
  const opened = [];
  const fetch = createFetch(async () => {
    opened.push(await openUnit({ storage: `memory://reopened-${opened.length}` }));
    return opened.at(-1);
  });
  t.after(() => Promise.all(opened.map((unit) => unit.close())));
  const ask = async () => (await fetch(`${LOCALNET.SU_URL}/timestamp`)).status;
  assert.equal(await ask(), 200);
  await opened[0].close();
  assert.equal(await ask(), 200);
  assert.equal(opened.length, 2);
  assert.equal((await fetch(`${LOCALNET.SU_URL}/metrics`)).status, 404);
});
