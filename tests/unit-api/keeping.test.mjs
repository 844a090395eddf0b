// What is kept, carried elsewhere and done by the clock.

import assert from 'node:assert/strict';
import { inBrowser } from './page.mjs';

inBrowser('what is kept', async (part, { page, open, complaints }) => {
  await part('a process that was exported goes on in another storage', async () => {
    const seen = await page.evaluate(async () => {
      const here = await kit.openUnit({ storage: 'idb://keeping-here' });
      const there = await kit.openUnit({ storage: 'idb://keeping-there' });
      const { token, sent } = await kit.tokenWith(here, 3);
      const file = await here.exportProcess(token);
      const isItself = (await there.importProcess(file)) === token;
      const outcomes = [];
      for (const unit of [here, there]) outcomes.push(await unit.result({ process: token, message: sent[2] }));
      await kit.transfer(there, token, 'alice', 10);
      const balances = [];
      for (const unit of [here, there]) balances.push(await unit.inspect(token, 'Balances.alice'));
      const again = await kit.refusal(() => there.importProcess(file));
      file[100] ^= 1;
      const changed = await kit.refusal(() => there.importProcess(file));
      const replayed = await there.replay(token);
      const trusting = await kit.openUnit({ storage: 'memory://trusting' });
      await trusting.importProcess(await there.exportProcess(token), { trustCheckpoint: true });
      const trusted = await trusting.inspect(token, 'Balances.alice');
      await Promise.all([here.close(), there.close(), trusting.close()]);
      return { isItself, outcomes, balances, again: again.code, changed, replayed, trusted };
    });
    assert.equal(seen.isItself, true);
    assert.deepEqual(seen.outcomes[0], seen.outcomes[1]);
    assert.deepEqual(seen.balances, [6, 16]);
    assert.equal(seen.again, 'PROCESS_EXISTS');
    assert.equal(seen.changed.code, 'EXPORT_INVALID');
    assert.match(seen.changed.message, /checksum/);
    assert.deepEqual([seen.replayed.different, seen.replayed.memoryIsEqual], [0, true]);
    assert.equal(seen.trusted, 16);
  });

  await part('a process that is deleted is gone, is told of, and can be imported again', async () => {
    const seen = await page.evaluate(async () => {
      const unit = await kit.openUnit({ storage: 'idb://keeping-deleted' });
      const removed = [];
      unit.on('removed', (event) => removed.push(event));
      const { token } = await kit.tokenWith(unit, 2);
      const file = await unit.exportProcess(token);
      await unit.deleteProcess(token);
      const left = (await unit.processes()).length;
      const asked = await kit.refusal(() => unit.inspect(token, 'Balances'));
      const again = await kit.refusal(() => unit.deleteProcess(token));
      await kit.until(() => removed.length === 1);
      await unit.importProcess(file);
      const balance = await unit.inspect(token, 'Balances.alice');
      await unit.close();
      return { left, asked: asked.code, again: again.code, isIt: removed[0].process === token, balance };
    });
    assert.deepEqual(seen, {
      left: 0,
      asked: 'PROCESS_NOT_FOUND',
      again: 'PROCESS_NOT_FOUND',
      isIt: true,
      balance: 3,
    });
  });

  await part('a clock that is advanced is ahead in every handle, and after it was closed', async () => {
    const seen = await page.evaluate(async () => {
      const unit = await kit.openUnit({ storage: 'idb://keeping-clock' });
      const ahead = async (one) => Math.round((await one.clock()).timestamp / 1000 - Date.now() / 1000) + 0;
      const before = await ahead(unit);
      await unit.advanceClock(3_600_000);
      const other = await kit.openUnit({ storage: 'idb://keeping-clock' });
      const after = [await ahead(unit), await ahead(other)];
      const wrong = [];
      for (const milliseconds of [-1, 0.5, NaN, '5']) {
        wrong.push(await unit.advanceClock(milliseconds).catch((error) => error.name));
      }
      await Promise.all([unit.close(), other.close()]);
      const again = await kit.openUnit({ storage: 'idb://keeping-clock' });
      after.push(await ahead(again));
      await again.close();
      return { before, after, wrong };
    });
    assert.equal(seen.before, 0);
    assert.deepEqual(seen.after, [3600, 3600, 3600]);
    assert.deepEqual(seen.wrong, Array(4).fill('RangeError'));
  });

  await part('after a checkpoint and a reload, a result and the state are there without evaluating the log', async () => {
    const before = await page.evaluate(async () => {
      const unit = await kit.openUnit({ storage: 'idb://keeping-checkpoint', checkpoints: { idleMs: 600_000 } });
      const checkpointed = [];
      unit.on('checkpointed', (event) => checkpointed.push(event));
      const token = await kit.spawn(unit, 'Sum = 0');
      const began = performance.now();
      let last;
      const work = 'for i = 1, 3000000 do Sum = Sum + 1 end return Sum';
      for (let i = 0; i < 8; i += 1) last = await kit.evaluate(unit, token, work);
      const took = performance.now() - began;
      const checkpoint = await unit.checkpointNow(token);
      const second = await unit.checkpointNow(token);
      await kit.until(() => checkpointed.length === 1);
      await unit.close();
      return { token, last, took, checkpoint, second, checkpointed };
    });
    assert.deepEqual([before.checkpoint.at, before.second.bytes], [9, 0]);
    assert.equal(before.checkpointed[0].bytes, before.checkpoint.bytes);
    await open();
    const after = await page.evaluate(async ({ token, last }) => {
      const unit = await kit.openUnit({ storage: 'idb://keeping-checkpoint' });
      const began = performance.now();
      const outcome = await unit.result({ process: token, message: last.id });
      const sum = await unit.inspect(token, 'Sum');
      const took = performance.now() - began;
      await unit.close();
      return { outcome, sum, took };
    }, before);
    assert.deepEqual(after.outcome, before.last.outcome);
    assert.equal(after.sum, 24_000_000);
    assert.ok(after.took < before.took / 3, `${after.took} ms, and the log took ${before.took} ms`);
  });

  await part('a checkpoint with a flipped byte is discarded, which is told, and the log is evaluated', async () => {
    const seen = await page.evaluate(async () => {
      const before = await kit.openUnit({ storage: 'idb://keeping-damage' });
      const { token } = await kit.tokenWith(before, 3);
      await before.checkpointNow(token);
      await before.close();
      await flipAByte();
      const unit = await kit.openUnit({ storage: 'idb://keeping-damage' });
      const discarded = [];
      unit.on('checkpointDiscarded', (event) => discarded.push(event));
      const balance = await unit.inspect(token, 'Balances.alice');
      await kit.until(() => discarded.length > 0);
      await unit.close();
      return { token, balance, discarded };

      async function flipAByte() {
        const answer = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
        const database = await answer(indexedDB.open('keeping-damage'));
        const store = database.transaction('checkpoints', 'readwrite').objectStore('checkpoints');
        const cursor = await answer(store.openCursor());
        const bytes = cursor.value;
        bytes[bytes.length >> 1] ^= 1;
        await answer(cursor.update(bytes));
        database.close();
      }
    });
    assert.equal(seen.balance, 6);
    assert.deepEqual(seen.discarded.map(({ process, nonce }) => [process, nonce]), [[seen.token, 3]]);
    assert.match(seen.discarded[0].reason, /checksum/);
  });

  await part('a cron ticks by itself while it is monitored, and only then', async () => {
    const seen = await page.evaluate(async () => {
      const unit = await kit.openUnit({ storage: 'memory://cron' });
      const ticks = [];
      unit.on('evaluated', ({ cron, process }) => cron && ticks.push(process));
      const lua = 'Ticks = 0 Handlers.add("tick", { Action = "Tick" }, function() Ticks = Ticks + 1 end)';
      const clock = await kit.spawn(unit, lua, { 'Cron-Interval': '1-second', 'Cron-Tag-Action': 'Tick' });
      await unit.monitor(clock);
      const began = performance.now();
      await kit.until(() => ticks.length >= 2);
      const took = performance.now() - began;
      const counted = await unit.inspect(clock, 'Ticks');
      await unit.unmonitor(clock);
      const before = ticks.length;
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const { edges } = await unit.log({ process: clock });
      const result = { took, counted, before, after: ticks.length, listed: edges.length };
      await unit.close();
      return result;
    });
    assert.ok(seen.took > 500 && seen.took < 5000, `two ticks came after ${seen.took} ms`);
    assert.ok(seen.counted >= 2);
    assert.equal(seen.after, seen.before);
    assert.equal(seen.listed, 1);
  });

  await part('the page is told how much room there is', async () => {
    const { storage, agreed } = await page.evaluate(async () => {
      const unit = await kit.openUnit({ storage: 'idb://keeping-here' });
      const agreed = await unit.persist();
      const storage = await unit.storage();
      await unit.close();
      return { storage, agreed };
    });
    assert.ok(storage.usage > 0 && storage.quota > storage.usage, JSON.stringify(storage));
    assert.equal(storage.persisted, agreed);
  });

  await part('settings are what processes see', async () => {
    const seen = await page.evaluate(async () => {
      const unit = await kit.openUnit({
        storage: 'idb://keeping-settings',
        durability: 'strict',
        chain: { startHeight: 77, startTime: 0, interval: Date.now() * 2 },
        memoryLimit: 32 << 20,
        computeLimit: 10_000_000,
        liveProcesses: 1,
        catchUp: 5,
      });
      const lua = 'Handlers.add("h", { Action = "H" }, function(msg) Height = msg["Block-Height"] end)';
      const process = await kit.spawn(unit, lua);
      await kit.send(unit, process, { Action: 'H' });
      const height = await unit.inspect(process, 'Height');
      const { outcome: endless } = await kit.evaluate(unit, process, 'while true do end');
      const { outcome: hungry } = await kit.evaluate(unit, process, 'return #("x"):rep(40 << 20)');
      await unit.close();
      return { height, endless: endless.Error, hungry: hungry.Error };
    });
    assert.equal(Number(seen.height), 77);
    assert.match(seen.endless, /out of gas.*10000000/);
    assert.match(seen.hungry, /memory/);
  });

  assert.deepEqual(complaints, []);
});
