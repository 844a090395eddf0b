// One storage in several tabs: one of them has the unit, and the others reach it there.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withBrowser } from '../demo/browser.mjs';
import { endWorkers } from '../demo/workers.mjs';
import { kill, tabsOn } from './pages.mjs';

const balance = (tab, token) => tab.evaluate((token) => unit.inspect(token, 'Balances.alice or 0'), token);
const transfer = (tab, token) =>
  tab.evaluate(async (token) => (await kit.transfer(unit, token, 'alice', 1)).outcome.Error, token);
const spawnToken = (tab) => tab.evaluate(async () => (await kit.tokenWith(unit, 0)).token);

test('tabs share one storage', { timeout: 180_000 }, (t) =>
  withBrowser(async ({ page, origin }) => {
    const context = page.context();
    const part = (name, run) => t.test(name, { timeout: 60_000 }, run);

    await part('what one tab sends, another reads', async () => {
      const [first, second] = await tabsOn(context, origin, 'idb://two', 2);
      const token = await spawnToken(first);
      assert.equal(await transfer(first, token), undefined);
      assert.equal(await balance(second, token), 1);
      assert.equal(await second.evaluate((token) => kit.transfer(unit, token, 'alice', 5).then(({ outcome }) => outcome.Error), token), undefined);
      await Promise.all([first.close(), second.close()]);
    });

    await part('a message that another tab’s wallet signs is from the same page’s wallet', async () => {
      const [first, second] = await tabsOn(context, origin, 'idb://same', 2);
      const token = await spawnToken(first);
      // The page's own wallet is the origin's: what the second tab sends is the owner's as well.
      assert.equal(await transfer(second, token), undefined);
      assert.equal(await balance(first, token), 1);
      assert.equal(await first.evaluate(() => unit.address), await second.evaluate(() => unit.address));
      await Promise.all([first.close(), second.close()]);
    });

    await part('another tab leads when the leader is closed, and goes on from the log', async () => {
      const [first, second, third] = await tabsOn(context, origin, 'idb://heirs', 3);
      const token = await spawnToken(first);
      await transfer(first, token);
      await first.close();
      assert.equal(await transfer(third, token), undefined);
      assert.equal(await balance(second, token), 2);
      await second.close();
      assert.equal(await transfer(third, token), undefined);
      assert.equal(await balance(third, token), 3);
      await third.close();
    });

    await part('a leader that closes the unit hands it over', async () => {
      const [first, second] = await tabsOn(context, origin, 'idb://handed', 2);
      const token = await spawnToken(first);
      await first.evaluate(() => unit.close());
      assert.equal(await transfer(second, token), undefined);
      await first.evaluate(async () => {
        globalThis.unit = await kit.openUnit({ storage: 'idb://handed' });
      });
      assert.equal(await balance(first, token), 1);
      await Promise.all([first.close(), second.close()]);
    });

    await part('what was asked of a leader that crashed is asked of the next, once', async () => {
      const [first, second] = await tabsOn(context, origin, 'idb://crash', 2);
      const token = await spawnToken(first);
      // The second tab sends as the first one dies: some calls are on their way, some answered, some not yet made.
      const sending = second.evaluate(async (token) => {
        const sent = [];
        for (let i = 0; i < 60; i += 1) {
          sent.push(kit.transfer(unit, token, 'alice', 1));
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        return (await Promise.all(sent)).filter(({ outcome }) => outcome.Error).length;
      }, token);
      await new Promise((resolve) => setTimeout(resolve, 150));
      await kill(first);
      assert.equal(await sending, 0);
      assert.equal(await balance(second, token), 60);
      const { different, memoryIsEqual } = await second.evaluate((token) => unit.replay(token), token);
      assert.deepEqual([different, memoryIsEqual], [0, true]);
      await second.close();
    });

    await part('watches and events go on when another tab leads', async () => {
      const [first, second] = await tabsOn(context, origin, 'idb://told', 2);
      const token = await spawnToken(first);
      await second.evaluate(async (token) => {
        globalThis.told = { values: [], events: 0 };
        unit.watch(token, 'Balances.alice or 0', (value) => told.values.push(value));
        unit.on('evaluated', () => (told.events += 1));
        await kit.until(() => told.values.length === 1);
      }, token);
      await transfer(first, token);
      await second.evaluate(() => kit.until(() => told.values.length === 2));
      await first.close();
      await transfer(second, token);
      const told = await second.evaluate(async () => {
        await kit.until(() => told.values.length === 3);
        return told;
      });
      assert.deepEqual(told.values, [0, 1, 2]);
      assert.equal(told.events, 2);
      await second.close();
    });

    await part('a fork that was asked of a leader that died is not made twice', async () => {
      const [first, second] = await tabsOn(context, origin, 'idb://once', 2);
      const token = await spawnToken(first);
      const asking = second.evaluate(async (token) => {
        // An evaluation that takes a while keeps the leader from answering.
        void kit.evaluate(unit, token, 'for i = 1, 2e7 do end').catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 50));
        return kit.refusal(() => unit.fork(token));
      }, token);
      await new Promise((resolve) => setTimeout(resolve, 250));
      await kill(first);
      const { code, succeeded } = await asking;
      const processes = await second.evaluate(() => unit.processes());
      if (succeeded) assert.equal(processes.length, 2);
      else {
        assert.equal(code, 'INTERRUPTED');
        assert.ok(processes.length <= 2);
      }
      await second.close();
    });

    await part('what is asked while nobody leads is asked of the next, once', async () => {
      const names = { itself: 1, another: 2 };
      for (const [who, followers] of Object.entries(names)) {
        const storage = `idb://nobody-${who}`;
        const [first] = await tabsOn(context, origin, storage, 1);
        const token = await spawnToken(first);
        // It comes after the leader, holds the lock, and has no unit: nobody leads until it lets go.
        await page.goto(`${origin}/unit-api/`);
        await page.evaluate((name) => {
          globalThis.held = new Promise((held) => {
            void navigator.locks.request(name, () => (held(), new Promise((release) => (globalThis.release = release))));
          });
        }, `ao-unit:${storage}`);
        const tabs = await tabsOn(context, origin, storage, followers);
        const asker = tabs.at(-1);
        await kill(first);
        await page.evaluate(() => held);
        const asking = asker.evaluate(async (token) => {
          const file = kit.refusal(() => unit.importProcess(new Uint8Array(3)));
          return [await kit.refusal(() => unit.fork(token)), await kit.refusal(() => unit.resume('nothing')), await file];
        }, token);
        await new Promise((resolve) => setTimeout(resolve, 400));
        await page.evaluate(() => release());
        const [fork, resume, file] = await asking;
        const processes = await asker.evaluate(() => unit.processes());
        assert.deepEqual(processes.map(({ id }) => id).sort(), [token, fork.succeeded].sort(), JSON.stringify(fork));
        assert.deepEqual([resume.code, file.code], ['NOT_PAUSED', 'EXPORT_INVALID']);
        await Promise.all(tabs.map((tab) => tab.close()));
      }
    });

    await part('a reply is waited for across a change of the leader, wherever the message is by then', async () => {
      for (const action of ['Slow', 'Quiet', 'Pass']) {
        for (const leave of [kill, (tab) => tab.evaluate(() => void unit.close())]) {
          const [first, second] = await tabsOn(context, origin, `idb://reply-${action}-${leave === kill}`, 2);
          const asked = await second.evaluate(async () => {
            const last = await unit.deploy({
              source: `Handlers.add('Ask', function(m) for i = 1, 2e7 do end Send({ Target = m.Who, Data = 'late' }) end)`,
            });
            return unit.deploy({
              source: `
                Handlers.add('Slow', function(m) for i = 1, 2e7 do end m.reply({ Data = 'late' }) end)
                Handlers.add('Quiet', function(m) for i = 1, 2e7 do end end)
                Handlers.add('Pass', function(m) Send({ Target = '${last}', Action = 'Ask', Who = m.From }) end)`,
            });
          });
          const sending = second.evaluate(
            ([asked, Action]) => kit.refusal(async () => (await unit.send(asked, { Action }, { timeout: 15_000 }))?.Data ?? 'none'),
            [asked, action],
          );
          await new Promise((resolve) => setTimeout(resolve, 250));
          await leave(first);
          assert.deepEqual(await sending, { succeeded: action === 'Quiet' ? 'none' : 'late' }, action);
          await Promise.all([first.close(), second.close()]);
        }
      }
    });

    await part('a tab that has the storage and does not answer is told of, by name', async () => {
      const [tab] = await tabsOn(context, origin, 'memory://none', 1);
      const { code, message } = await tab.evaluate(async () => {
        // As one of another version does: it has the lock, and speaks otherwise.
        await new Promise((held) => void navigator.locks.request('ao-unit:idb://other', () => new Promise(held)));
        return kit.refusal(() => kit.openUnit({ storage: 'idb://other' }));
      });
      assert.equal(code, 'UNIT_BUSY');
      assert.match(message, /another tab or window has idb:\/\/other open/);
      await tab.close();
    });

    await part('a worker that ends without a word is noticed, and another tab goes on', async () => {
      const [first, second] = await tabsOn(context, origin, 'idb://silent', 2);
      const token = await spawnToken(first);
      const told = await first.evaluate(() => {
        globalThis.told = [];
        unit.on('error', ({ code }) => told.push(code));
        return told;
      });
      assert.deepEqual(told, []);
      await endWorkers(first);
      await first.waitForFunction(() => told.length > 0);
      assert.deepEqual(await first.evaluate(() => told), ['CRASHED']);
      const { code, message } = await first.evaluate(() => kit.refusal(() => unit.processes()));
      assert.equal(code, 'CRASHED');
      assert.match(message, /ended without a word/);
      assert.equal(await transfer(second, token), undefined);
      await first.evaluate(async () => {
        globalThis.unit = await kit.openUnit({ storage: 'idb://silent' });
      });
      assert.equal(await balance(first, token), 1);
      // A follower's, too.
      await endWorkers(first);
      await first.waitForFunction(async () => (await kit.refusal(() => unit.processes())).code === 'CRASHED');
      assert.equal(await transfer(second, token), undefined);
      await Promise.all([first.close(), second.close()]);
    });

    await part('a leader whose lock is taken away stops, and whoever opens next goes on', async () => {
      const [first] = await tabsOn(context, origin, 'idb://stolen', 1);
      const token = await spawnToken(first);
      await transfer(first, token);
      await page.goto(`${origin}/unit-api/`);
      const stolen = page.evaluate(() => navigator.locks.request('ao-unit:idb://stolen', { steal: true }, () => {}));
      await stolen;
      await first.evaluate(() => kit.until(async () => (await kit.refusal(() => unit.processes())).code === 'CRASHED'));
      await first.evaluate(async () => {
        globalThis.unit = await kit.openUnit({ storage: 'idb://stolen' });
      });
      assert.equal(await transfer(first, token), undefined);
      assert.equal(await balance(first, token), 2);
      await first.close();
    });

    await part('ten tabs at once are one unit', async () => {
      const tabs = await tabsOn(context, origin, 'idb://ten', 10);
      const token = await spawnToken(tabs[3]);
      const failed = await Promise.all(tabs.map((tab) => transfer(tab, token)));
      assert.deepEqual(failed.filter(Boolean), []);
      assert.equal(await balance(tabs[9], token), 10);
      await Promise.all(tabs.map((tab) => tab.close()));
    });
  }),
);
