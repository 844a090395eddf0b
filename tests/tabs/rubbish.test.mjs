// A second page on the same origin that writes rubbish to every channel, lock and worker that it can reach.
// The long form is `cargo xtask rubbish`.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';
import { formOf } from '../demo/form.mjs';
import { count, COUNTER, tabOn, tabsOn } from './pages.mjs';

/** How many pieces are thrown at each of the leaders, and how often all begins anew, from which seed on. */
const { pieces: PIECES, seeds: SEEDS, seed: SEED } = formOf({ pieces: 1500, seeds: 1, seed: 1 });
const folders = {
  '/tabs/': fileURLToPath(new URL('./page/', import.meta.url)),
  '/faults/': fileURLToPath(new URL('../faults/', import.meta.url)),
  ...FOLDERS,
};

test('rubbish of another page of the origin breaks nothing', { timeout: 120_000 * SEEDS }, (t) =>
  withBrowser(
    async ({ page: hostile, origin }) => {
      await hostile.goto(`${origin}/unit-api/`);
      for (let seed = SEED; seed < SEED + SEEDS; seed += 1) {
        await t.test(`seed ${seed}`, (t) => suffer(t, hostile, origin, seed));
      }
    },
    { folders },
  ),
);

async function suffer(t, hostile, origin, seed) {
  const context = hostile.context();
  const storage = `idb://rubbish-${seed}`;
  const tabs = await tabsOn(context, origin, storage, 2);
  const complaints = [];
  for (const tab of tabs) {
    tab.on('pageerror', (error) => complaints.push(String(error)));
    await tab.evaluate(() => {
      globalThis.errors = [];
      unit.on('error', (event) => errors.push(event));
    });
  }
  const process = await tabs[0].evaluate((lua) => kit.spawn(unit, lua), COUNTER);
  const address = await tabs[0].evaluate(() => unit.address);
  const keys = [];

  /** While rubbish comes, each tab has messages taken in, and one that is new finds the unit. */
  const during = async (name, senders) => {
    let isOver = false;
    const throwing = hostile
      .evaluate(async (options) => (await import('/tabs/rubbish.js')).throwRubbish(options), {
        storage, seed: seed * 1000 + keys.length, pieces: PIECES,
      })
      .finally(() => (isOver = true));
    for (let i = 0; !isOver || i < 3; i += 1) {
      for (const [who, tab] of senders.entries()) {
        keys.push(`${name}-${i}-${who}`);
        await count(tab, process, keys.at(-1));
      }
    }
    const posted = await throwing;
    t.diagnostic(`${name}: ${JSON.stringify(posted)}, ${keys.length} messages`);
    for (const where of ['hall', 'a line of its own', 'a worker that follows', 'locks']) assert.ok(posted[where] > 0, `no rubbish reached: ${where}`);
  };

  await during('first', tabs);
  await tabs[0].close();
  await during('heir', [tabs[1]]);
  const late = await tabOn(context, origin, storage);
  await during('late', [tabs[1], late]);

  assert.equal(await late.evaluate(() => unit.address), address);
  for (const tab of [tabs[1], late]) {
    const seen = await tab.evaluate((process) => unit.inspect(process, 'Seen'), process);
    assert.deepEqual(seen, Object.fromEntries(keys.map((key) => [key, 1])));
  }
  const { edges, replayed, processes } = await late.evaluate(async (process) => {
    const { edges } = await unit.log({ process, limit: 100_000 });
    return { edges: edges.length, replayed: await unit.replay(process), processes: (await unit.processes()).length };
  }, process);
  assert.deepEqual([edges, processes], [keys.length + 1, 1], 'nothing else is in the log, and no other process');
  assert.deepEqual([replayed.different, replayed.memoryIsEqual], [0, true]);
  assert.deepEqual(await tabs[1].evaluate(() => errors), []);
  assert.deepEqual(complaints, []);
  await Promise.all([tabs[1].close(), late.close()]);
}
