// Ten tabs on one unit, of which one after the other is closed, suspended or crashes.
// The long form is `cargo xtask tabs`.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withBrowser } from '../demo/browser.mjs';
import { formOf } from '../demo/form.mjs';
import { endWorkers } from '../demo/workers.mjs';
import { chance } from '../faults/workload.mjs';
import { count, COUNTER, kill, tabOn } from './pages.mjs';
import { suspended } from './suspension.mjs';

/** How many ends, and what decides what happens to whom. */
const { ends: ENDS, seed: SEED } = formOf({ ends: 7, seed: 1 });
const TABS = 10;
const STORAGE = 'idb://many';

test(`ten tabs, and ${ENDS} ends of them`, { timeout: 60_000 + 20_000 * ENDS }, (t) =>
  withBrowser(async ({ page, origin }) => {
    const context = page.context();
    const random = chance(SEED);
    const below = (limit) => Math.floor(random() * limit);
    const tabs = [];
    for (let i = 0; i < TABS; i += 1) tabs.push(await tabOn(context, origin, STORAGE));
    const process = await tabs[0].evaluate((lua) => kit.spawn(unit, lua), COUNTER);

    const acknowledged = new Map();
    const asked = [];
    const refused = [];
    /** Has each tab send one thing; what a tab that goes had on its way may be lost, and what was acknowledged not. */
    const send = (round) =>
      Promise.all(
        tabs.map(async (tab, who) => {
          const key = `${round}-${who}`;
          asked.push(key);
          await count(tab, process, key).then(
            (id) => acknowledged.set(id, key),
            (error) => refused.push({ tab, key, error: String(error) }),
          );
        }),
      );

    const happened = {};
    for (let round = 0; round < ENDS; round += 1) {
      const ways = Object.entries(WAYS);
      const [what, end] = ways[round % ways.length];
      // The oldest leads. It is that one every other time, and with each way after twice as many as there are.
      const isLeader = (round + Math.floor(round / ways.length)) % 2 === 0;
      const who = isLeader ? 0 : 1 + below(TABS - 1);
      const tab = tabs[who];
      happened[what] = (happened[what] ?? 0) + 1;
      const sending = send(round);
      await new Promise((resolve) => setTimeout(resolve, below(60)));
      const stays = await end(tab, below);
      await sending;
      const others = refused.filter((refusal) => refusal.tab !== tab || stays);
      assert.deepEqual(others.map(({ key, error }) => `${key}: ${error}`), [], `${what} of tab ${who}`);
      refused.length = 0;
      if (stays) continue;
      tabs.splice(who, 1);
      tabs.push(await tabOn(context, origin, STORAGE));
    }
    await send('last');

    t.diagnostic(`${JSON.stringify(happened)}, ${acknowledged.size} of ${asked.length} acknowledged`);
    const { edges, Seen, replayed } = await tabs[below(TABS)].evaluate(async (process) => {
      const { edges } = await unit.log({ process, limit: 100_000 });
      const value = (tags, wanted) => tags.find(({ name }) => name === wanted).value;
      return {
        edges: edges.map(({ node }) => [node.message.id, Number(value(node.assignment.tags, 'Nonce'))]),
        Seen: await unit.inspect(process, 'Seen'),
        replayed: await unit.replay(process),
      };
    }, process);
    const ids = edges.map(([id]) => id);
    assert.equal(new Set(ids).size, ids.length, 'no message is in the log twice');
    assert.deepEqual(edges.map(([, nonce]) => nonce), edges.map((_, i) => i), 'nonces have no gap');
    assert.deepEqual([...acknowledged.keys()].filter((id) => !ids.includes(id)), [], 'nothing that was acknowledged is lost');
    assert.deepEqual([...acknowledged.values()].filter((key) => Seen[key] !== 1), [], 'each was counted once');
    assert.deepEqual(Object.entries(Seen).filter(([key, times]) => times !== 1 || !asked.includes(key)), []);
    assert.deepEqual([replayed.different, replayed.memoryIsEqual], [0, true]);
  }),
);

/** What can become of a tab; each answers whether it is still there, and has to answer. */
const WAYS = {
  async close(tab) {
    await tab.close();
    return false;
  },
  async crash(tab) {
    await kill(tab);
    return false;
  },
  async closing(tab) {
    await tab.evaluate(() => unit.close()).catch(() => {});
    await tab.close();
    return false;
  },
  async reload(tab) {
    await tab.reload();
    await tab.close();
    return false;
  },
  async worker(tab) {
    await endWorkers(tab);
    await tab.waitForFunction(async () => (await kit.refusal(() => unit.processes())).code === 'CRASHED');
    await tab.close();
    return false;
  },
  async suspend(tab, below) {
    await suspended(tab, 200 + below(800));
    return true;
  },
  async freeze(tab, below) {
    const session = await tab.context().newCDPSession(tab);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await new Promise((resolve) => setTimeout(resolve, 200 + below(800)));
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    return true;
  },
};
