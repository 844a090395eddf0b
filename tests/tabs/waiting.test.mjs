// What a tab waits for: a leader that stands still, longer than anybody is patient; a database that another page holds
// while this version has to change it.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withBrowser } from '../demo/browser.mjs';
import { count, COUNTER, tabOn } from './pages.mjs';
import { suspend } from './suspension.mjs';

/** As long as a tab waits for a leader that does not answer; the package's own patience is ten times that. */
const PATIENCE_MS = 1500;

test('a leader that stands still', { timeout: 180_000 }, (t) =>
  withBrowser(async ({ page, origin }) => {
    const context = page.context();
    const impatient = new Set();
    await context.route('**/pkg/*.js', async (route) => {
      const response = await route.fetch();
      const text = await response.text();
      const body = text.replace(/=15e3\b/, `=${PATIENCE_MS}`);
      if (body !== text) impatient.add(new URL(route.request().url()).pathname);
      await route.fulfill({ response, body });
    });
    await page.goto(`${origin}/unit-api/`);
    await page.waitForFunction(() => globalThis.kit !== undefined);
    await tabOn(context, origin, 'idb://impatient');
    assert.ok(impatient.has('/pkg/worker.js'), 'the patience of the worker is written in another way');

    /** A leader that is suspended, a follower that has asked it since, and what became of a third that came too late. */
    const standstill = async (storage) => {
      const leader = await tabOn(context, origin, storage);
      const process = await leader.evaluate((lua) => kit.spawn(unit, lua), COUNTER);
      const follower = await tabOn(context, origin, storage);
      await count(follower, process, 'before');
      const sleep = await suspend(leader);
      let answered = 0;
      const asked = Promise.all([
        ...Array.from({ length: 20 }, (_, i) => count(follower, process, `while-${i}`)),
        follower.evaluate((process) => unit.fork(process), process),
      ]).finally(() => (answered += 1));
      const late = await page.evaluate((storage) => kit.refusal(() => kit.openUnit({ storage })), storage);
      await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
      assert.equal(answered, 0, 'the follower waits, and is not refused');
      return { leader, follower, process, sleep, asked, late };
    };
    /** Everything was done once, and the log comes to it. */
    const check = async (tab, { process, asked }) => {
      const answers = await asked;
      const { Seen, edges, processes, replayed } = await tab.evaluate(async (process) => {
        const { edges } = await unit.log({ process, limit: 1000 });
        const processes = (await unit.processes()).map(({ id }) => id);
        const Seen = await unit.inspect(process, 'Seen');
        return { edges: edges.map(({ node }) => node.message.id), processes, Seen, replayed: await unit.replay(process) };
      }, process);
      const keys = ['before', ...Array.from({ length: 20 }, (_, i) => `while-${i}`)];
      assert.deepEqual(Object.entries(Seen).sort(), keys.map((key) => [key, 1]).sort());
      assert.equal(edges.length, keys.length + 1, 'nothing else is in the log');
      assert.deepEqual(answers.slice(0, -1).filter((id) => !edges.includes(id)), []);
      assert.deepEqual(processes.sort(), [process, answers.at(-1)].sort(), 'there is one fork');
      assert.deepEqual([replayed.different, replayed.memoryIsEqual], [0, true]);
    };

    await t.test('wakes: a tab that came meanwhile was told, those that waited are answered, and nothing is doubled', { timeout: 60_000 }, async () => {
      const still = await standstill('idb://still-wakes');
      assert.equal(still.late.code, 'UNIT_BUSY');
      assert.match(still.late.message, /another tab or window has idb:\/\/still-wakes open, and does not answer/);
      still.sleep.wake();
      await check(still.follower, still);
      await count(still.leader, still.process, 'after');
      await page.evaluate(async () => (globalThis.unit = await kit.openUnit({ storage: 'idb://still-wakes' })) && 0);
      assert.equal((await page.evaluate((process) => unit.inspect(process, 'Seen'), still.process)).after, 1, 'there is one unit');
      await Promise.all([still.leader.close(), still.follower.close()]);
    });

    await t.test('never wakes: who waited is answered by the next leader, and nothing is doubled', { timeout: 60_000 }, async () => {
      const still = await standstill('idb://still-ends');
      assert.equal(still.late.code, 'UNIT_BUSY');
      still.sleep.kill();
      await check(still.follower, still);
      await still.leader.close().catch(() => {});
      await still.follower.close();
    });
  }),
);

test('a database of an earlier version that another page holds', { timeout: 60_000 }, () =>
  withBrowser(async ({ page, origin }) => {
    await page.goto(`${origin}/unit-api/`);
    // It does not let go when it is asked to, as a script without `versionchange` does not.
    await page.evaluate(async () => {
      const request = indexedDB.open('held', 1);
      request.onupgradeneeded = () => {
        for (const name of ['unit', 'processes', 'assignments', 'outcomes', 'ids']) request.result.createObjectStore(name);
      };
      globalThis.held = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    });
    const tab = await page.context().newPage();
    await tab.goto(`${origin}/unit-api/`);
    await tab.waitForFunction(() => globalThis.kit !== undefined);
    const open = () =>
      tab.evaluate(() =>
        kit.refusal(async () => {
          globalThis.unit = await kit.openUnit({ storage: 'idb://held' });
        }),
      );
    const { code, message } = await open();
    assert.equal(code, 'STORE_BLOCKED');
    assert.match(message, /held/);
    assert.deepEqual(
      await page.evaluate(() => [held.version, held.transaction('unit').objectStore('unit').name]),
      [1, 'unit'],
      'it is as it was, and its holder can use it',
    );
    await page.evaluate(() => held.close());
    assert.equal((await open()).code, undefined);
    const process = await tab.evaluate((lua) => kit.spawn(unit, lua), COUNTER);
    await count(tab, process, 'one');
    assert.deepEqual(await tab.evaluate((process) => unit.inspect(process, 'Seen'), process), { one: 1 });
  }),
);
