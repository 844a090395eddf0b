// What was: outcomes, logs and states of the past, and what branches off from them.

import assert from 'node:assert/strict';
import { inBrowser } from './page.mjs';

inBrowser('the past of a process', async (part, { page, complaints }) => {
  await page.evaluate(async () => {
    const unit = await kit.openUnit({ storage: 'memory://history' });
    globalThis.shared = { unit, ...(await kit.tokenWith(unit, 5)) };
  });

  await part('results are listed in either order, and a cursor goes on after itself', async () => {
    const { first, rest, newest } = await page.evaluate(async () => {
      const { unit, token: process } = shared;
      const first = await unit.results({ process, limit: 2 });
      const rest = await unit.results({ process, from: first.edges.at(-1).cursor });
      const newest = await unit.results({ process, limit: 1, sort: 'DESC' });
      return { first, rest, newest };
    });
    assert.deepEqual([first.edges.length, first.pageInfo.hasNextPage], [2, true]);
    assert.deepEqual([rest.edges.length, rest.pageInfo.hasNextPage], [4, false]);
    assert.deepEqual(newest.edges[0].node, rest.edges.at(-1).node);
    assert.equal(newest.edges[0].node.Messages[0].Data, '5');
  });

  await part('the log is listed by nonce and by time, and says how each message was assigned', async () => {
    const { sent, some, later, all } = await page.evaluate(async () => {
      const { unit, token: process, sent } = shared;
      const some = await unit.log({ process, from: 1, to: 3 });
      const all = await unit.log({ process });
      const times = all.edges.map(({ node }) => node.assignment.tags.find(({ name }) => name === 'Timestamp').value);
      const later = await unit.log({ process, by: 'time', from: times[0], limit: 1 });
      return { sent, some, later, all };
    });
    assert.deepEqual(some.edges.map(({ node }) => node.message.id), sent.slice(1, 3));
    assert.deepEqual(some.edges.map(({ cursor }) => cursor), ['2', '3']);
    assert.equal(all.edges.length, 6);
    assert.deepEqual([later.edges[0].node.message.id, later.pageInfo.hasNextPage], [sent[0], true]);
    const names = all.edges[1].node.assignment.tags.map(({ name }) => name);
    assert.deepEqual(names, [
      'Process', 'Epoch', 'Nonce', 'Hash-Chain', 'Block-Height', 'Timestamp', 'Data-Protocol', 'Type', 'Variant',
      'Message',
    ]);
  });

  await part('an outcome is found by its nonce', async () => {
    const [byNonce, byId] = await page.evaluate(async () => {
      const { unit, token: process, sent } = shared;
      return [await unit.outcomeAt(process, 3), await unit.result({ process, message: sent[2] })];
    });
    assert.deepEqual(byNonce, byId);
  });

  await part('the state at a nonce is what it was then', async () => {
    const seen = await page.evaluate(async () => {
      const { unit, token } = shared;
      const states = [];
      for (const nonce of [0, 2, 5]) states.push(await unit.stateAt(token, nonce));
      const balances = [];
      for (const state of states) balances.push(await state.inspect('Balances.alice'));
      const data = 'return Balances.alice';
      const tried = await states[1].dryrun({ Owner: await kit.address(), tags: kit.tags({ Action: 'Eval' }), data });
      const missing = await kit.refusal(() => unit.stateAt(token, 99));
      return { balances, tried: tried.Output.data, missing: missing.code };
    });
    assert.deepEqual(seen, { balances: [null, 3, 15], tried: '3', missing: 'NONCE_NOT_FOUND' });
  });

  await part('an inspection gives values of JavaScript, and reads alone', async () => {
    const values = await page.evaluate(async () => {
      const { unit, token } = shared;
      const asked = [
        '1 + 1', '"line\\n\\"quoted\\" \\\\ ]] é"', 'nil', '{ 1, { a = true } }', '{}', 'print("aside") or 7', '0/0',
        'local sum = 0 for i = 1, 3 do sum = sum + i end return sum', 'Balances.alice',
        'function() end', '(function() Balances = nil end)()', 'Balances.alice',
      ];
      const values = [];
      for (const expression of asked) values.push(await unit.inspect(token, expression));
      return values;
    });
    assert.match(values[9], /^function/);
    values.splice(9, 1);
    assert.match(values[6], /nan/);
    values.splice(6, 1);
    assert.deepEqual(values, [2, 'line\n"quoted" \\ ]] é', null, [1, { a: true }], [], 7, 6, 15, null, 15]);
  });

  await part('an inspection that fails says why, as Lua does', async () => {
    const failures = await page.evaluate(async () => {
      const { unit, token } = shared;
      const failures = [];
      for (const expression of ['Balances.nobody.x', 'Balances +', 'error("mine", 0)', 'error()']) {
        failures.push(await kit.refusal(() => unit.inspect(token, expression)));
      }
      failures.push(await kit.refusal(() => unit.inspect(token, '1', { owner: 'a stranger' })));
      return failures;
    });
    assert.deepEqual(failures.map(({ code }) => code), Array(5).fill('INSPECTION_FAILED'));
    const patterns = [/attempt to index a nil value/, /unexpected symbol near <eof>/, /^mine$/, /^nil$/, /owner/];
    failures.forEach(({ message }, at) => assert.match(message, patterns[at]));
  });

  await part('a process that another one spawned is inspected as that one', async () => {
    const value = await page.evaluate(async () => {
      const { unit } = shared;
      const parent = await kit.spawn(unit, 'Name = "parent"');
      await kit.evaluate(unit, parent, `Spawn("${kit.MODULE}", { Data = "Born = 7", ["On-Boot"] = "Data" })`);
      let child;
      await kit.until(async () => {
        child = (await unit.processes()).find(({ id }) => ![parent, shared.token].includes(id));
        return child;
      });
      return unit.inspect(child.id, '{ Born, Owner == "' + parent + '" }');
    });
    assert.deepEqual(value, [7, true]);
  });

  await part('a fork goes on from a nonce, and the process that it was forked from goes on by itself', async () => {
    const seen = await page.evaluate(async () => {
      const { unit, token } = shared;
      const fork = await unit.fork(token, { nonce: 2 });
      await kit.transfer(unit, fork, 'bob', 100);
      const present = await unit.fork(token);
      await kit.evaluate(unit, present, 'Present = true');
      const balances = [];
      const pair = '{ Balances.alice, Balances.bob or 0 }';
      for (const process of [fork, present, token]) balances.push(await unit.inspect(process, pair));
      const missing = await kit.refusal(() => unit.fork(token, { nonce: 99 }));
      return { balances, isNew: fork !== token, missing: missing.code };
    });
    assert.deepEqual(seen, { balances: [[3, 100], [15, 0], [15, 0]], isNew: true, missing: 'NONCE_NOT_FOUND' });
  });

  await part('a replay comes to the same outcomes and the same memory', async () => {
    const replayed = await page.evaluate(() => shared.unit.replay(shared.token));
    assert.deepEqual(replayed, { entries: 6, different: 0, firstDifference: null, memoryIsEqual: true });
  });

  await part('what was sent to nobody here is listed', async () => {
    const { total, entries } = await page.evaluate(() =>
      shared.unit.outbound({ process: shared.token, from: 1, limit: 2 }),
    );
    const seen = entries.map(({ number, nonce, kind, target, sent }) => [number, nonce, kind, target, sent.Data]);
    assert.equal(total, 5);
    assert.deepEqual(seen, [
      [1, 2, 'Message', 'alice', '2'],
      [2, 3, 'Message', 'alice', '3'],
    ]);
  });

  await part('a message is assigned to a process that it is not for, without what is excluded', async () => {
    const seen = await page.evaluate(async () => {
      const { unit, token } = shared;
      const lua = `ao.addAssignable("all", function() return true end)
        Handlers.add("seen", function() return "continue" end, function(msg) Seen = { msg.Id, msg.Data } end)`;
      const other = await kit.spawn(unit, lua);
      const message = await unit.message({ process: token, tags: kit.tags({ Action: 'Note' }), data: 'secret' });
      const id = await unit.assign({ process: other, message, exclude: ['Data'] });
      const { Error: failure } = await unit.result({ process: other, message: id });
      const { edges } = await unit.log({ process: other, from: 0 });
      const excluded = edges[0].node.assignment.tags.filter(({ name }) => name === 'Exclude');
      const [seen, data = ''] = await unit.inspect(other, 'Seen');
      return { failure, isIt: seen === message && id === message, data, excluded, message: edges[0].node.message };
    });
    assert.deepEqual(seen, {
      failure: undefined, isIt: true, data: '', excluded: [{ name: 'Exclude', value: 'Data' }], message: null,
    });
  });

  assert.deepEqual(complaints, []);
});
