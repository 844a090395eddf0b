// What the page is told while it happens: values of expressions, and events.

import assert from 'node:assert/strict';
import { inBrowser } from './page.mjs';

inBrowser('what is told', async (part, { page, complaints }) => {
  await page.evaluate(async () => {
    const unit = await kit.openUnit({ storage: 'memory://live', budget: 10 });
    globalThis.shared = { unit, ...(await kit.tokenWith(unit, 0)) };
  });

  await part('a watch tells the first value, and then what has changed', async () => {
    const { told, ended } = await page.evaluate(async () => {
      const { unit, token } = shared;
      const told = [];
      const unwatch = unit.watch(token, 'Balances.alice or 0', (value) => told.push(value));
      await kit.until(() => told.length === 1);
      for (const quantity of [5, 7]) {
        const before = told.length;
        await kit.transfer(unit, token, 'alice', quantity);
        await kit.until(() => told.length > before);
        await kit.transfer(unit, token, 'bob', 1);
      }
      unwatch();
      unwatch();
      const ended = told.length;
      await kit.transfer(unit, token, 'alice', 1);
      await unit.inspect(token, '1');
      return { told, ended };
    });
    assert.deepEqual(told, [0, 5, 12]);
    assert.equal(ended, 3);
  });

  await part('a hundred messages at once are not a hundred evaluations, and the last value is told', async () => {
    const told = await page.evaluate(async () => {
      const { unit, token } = shared;
      const told = [];
      const unwatch = unit.watch(token, 'Balances.carol or 0', (value) => told.push(value));
      const message = { process: token, tags: kit.tags({ Action: 'Transfer', Recipient: 'carol', Quantity: '1' }) };
      await Promise.all(Array.from({ length: 100 }, () => unit.message(message)));
      await kit.until(() => told.at(-1) === 100);
      unwatch();
      return told;
    });
    assert.ok(told.length < 60, `${told.length} values`);
    assert.deepEqual(told, [...told].sort((one, other) => one - other));
  });

  await part('an expression that fails is told as an error, and the watch goes on', async () => {
    const { told, errors } = await page.evaluate(async () => {
      const { unit, token } = shared;
      const [told, errors] = [[], []];
      const onError = ({ code, message }) => errors.push([code, message]);
      const unwatch = unit.watch(token, 'Later.value', (value) => told.push(value), { onError });
      await kit.until(() => errors.length === 1);
      await kit.evaluate(unit, token, 'Later = { value = { 1 } }');
      await kit.until(() => told.length === 1);
      unwatch();
      const missing = unit.watch('x'.repeat(43), '1', () => {}, { onError });
      await kit.until(() => errors.length === 2);
      missing();
      return { told, errors };
    });
    assert.deepEqual(told, [[1]]);
    assert.deepEqual(errors.map(([code]) => code), ['INSPECTION_FAILED', 'PROCESS_NOT_FOUND']);
    assert.match(errors[0][1], /nil value/);
  });

  await part('events come in the order in which it happened, of the types that were asked for', async () => {
    const { sent, other, token, heard } = await page.evaluate(async () => {
      const { unit, token } = shared;
      const other = await kit.spawn(unit, 'Handlers.add("credit", { Action = "Credit-Notice" }, function() end)');
      const heard = [];
      const off = ['assigned', 'evaluated', 'delivered'].map((type) => unit.on(type, (event) => heard.push(event)));
      const { id: sent } = await kit.transfer(unit, token, other, 1);
      await kit.until(() => heard.length >= 5);
      off.forEach((end) => end());
      await kit.transfer(unit, token, other, 1);
      await unit.inspect(other, '1');
      return { sent, other, token, heard };
    });
    assert.deepEqual(
      heard.map(({ type, process, from = null }) => [type, process, from]),
      [
        ['assigned', token, null],
        ['evaluated', token, null],
        ['assigned', other, null],
        ['delivered', other, token],
        ['evaluated', other, null],
      ],
    );
    assert.deepEqual([heard[0].message, heard[1].message, heard[1].failed, heard[1].cron], [sent, sent, false, false]);
    assert.ok(heard[1].gas > 0);
  });

  await part('what leaves the unit is an event', async () => {
    const heard = await page.evaluate(async () => {
      const { unit, token } = shared;
      const heard = [];
      const off = unit.on('outbound', ({ target, reason }) => heard.push([target, typeof reason]));
      await kit.transfer(unit, token, 'dora', 1);
      await kit.until(() => heard.length === 1);
      off();
      return heard;
    });
    assert.deepEqual(heard, [['dora', 'string']]);
  });

  await part('two processes that talk for ever are paused, and go on when they are resumed', async () => {
    const seen = await page.evaluate(async () => {
      const { unit } = shared;
      const heard = [];
      const off = ['paused', 'resumed'].map((type) => unit.on(type, (event) => heard.push(event)));
      const lua = `Count = 0
        Handlers.add("ping", { Action = "Ping" }, function(msg)
          Count = Count + 1
          Send({ Target = msg.Tags["Other"] or msg.From, Action = "Ping" })
        end)`;
      const [one, other] = [await kit.spawn(unit, lua), await kit.spawn(unit, lua)];
      const { id } = await kit.send(unit, one, { Action: 'Ping', Other: other });
      await kit.until(() => heard.length === 1);
      const paused = await unit.paused();
      const count = async () => (await unit.inspect(one, 'Count')) + (await unit.inspect(other, 'Count'));
      const before = await count();
      const waited = await unit.resume(id);
      await kit.until(() => heard.length === 3);
      const after = await count();
      off.forEach((end) => end());
      const unknown = await kit.refusal(() => unit.resume('x'.repeat(43)));
      return { id, heard, paused, before, waited, after, unknown: unknown.code, others: [one, other] };
    });
    assert.deepEqual(seen.heard, [
      { type: 'paused', cause: seen.id, allowance: 10 },
      { type: 'resumed', cause: seen.id },
      { type: 'paused', cause: seen.id, allowance: 10 },
    ]);
    assert.deepEqual([seen.paused.length, seen.paused[0].cause, seen.paused[0].held], [1, seen.id, 1]);
    assert.deepEqual([seen.before, seen.after], [11, 21]);
    assert.deepEqual([seen.waited, seen.unknown], [1, 'NOT_PAUSED']);
  });

  await part('handles that share a worker hear for themselves, and fall silent when they are closed', async () => {
    const heard = await page.evaluate(async () => {
      const { unit, token } = shared;
      const second = await kit.openUnit({ storage: 'memory://live' });
      const heard = { first: 0, second: 0, watched: 0 };
      const off = unit.on('evaluated', () => (heard.first += 1));
      second.on('evaluated', () => (heard.second += 1));
      second.watch(token, 'Balances.alice', () => (heard.watched += 1));
      await kit.until(() => heard.watched === 1);
      await kit.transfer(unit, token, 'alice', 1);
      await kit.until(() => heard.first === 1 && heard.second === 1 && heard.watched === 2);
      await second.close();
      await kit.transfer(unit, token, 'alice', 1);
      await kit.until(() => heard.first === 2);
      off();
      return heard;
    });
    assert.deepEqual(heard, { first: 2, second: 1, watched: 2 });
  });

  await part('a listener that throws keeps no other from hearing, and an unknown type is refused', async () => {
    const seen = await page.evaluate(async () => {
      const { unit, token } = shared;
      const uncaught = new Promise((resolve) => {
        addEventListener('error', (event) => resolve(event.message), { once: true });
      });
      const heard = [];
      const off = [
        unit.on('assigned', () => {
          throw new Error('mine');
        }),
        unit.on('assigned', ({ nonce }) => heard.push(nonce)),
      ];
      await kit.transfer(unit, token, 'alice', 1);
      await kit.until(() => heard.length === 1);
      off.forEach((end) => end());
      const unknown = await kit.refusal(async () => unit.on('asigned', () => {}));
      return { uncaught: await uncaught, unknown: unknown.message };
    });
    assert.match(seen.uncaught, /mine/);
    assert.match(seen.unknown, /there is no event 'asigned', but assigned, /);
    assert.match(complaints.pop(), /mine/);
  });

  assert.deepEqual(complaints, []);
});
