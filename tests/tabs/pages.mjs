// Several tabs on one storage, and what becomes of them.

import { recordWorkers } from '../demo/workers.mjs';

/** Opens a tab with the unit on `storage` as `unit`; what else of the kit is `kit`. */
export async function tabOn(context, origin, storage) {
  const tab = await context.newPage();
  await tab.addInitScript(recordWorkers);
  await tab.goto(`${origin}/unit-api/`);
  await tab.waitForFunction(() => globalThis.kit !== undefined);
  await tab.evaluate(async (storage) => {
    globalThis.unit = await kit.openUnit({ storage });
  }, storage);
  return tab;
}

/** Opens so many tabs, one after the other: the first leads. */
export async function tabsOn(context, origin, storage, count) {
  const tabs = [];
  for (let i = 0; i < count; i += 1) tabs.push(await tabOn(context, origin, storage));
  return tabs;
}

/** Closes a tab without a word, as a crash does. */
export async function kill(tab) {
  const session = await tab.context().newCDPSession(tab);
  await Promise.race([session.send('Page.crash').catch(() => {}), new Promise((resolve) => setTimeout(resolve, 500))]);
  await tab.close().catch(() => {});
}

/** A process that counts what it is sent, each thing by its `Key`. */
export const COUNTER = `
Seen = {}
Handlers.add('Count', { Action = 'Count' }, function(m) Seen[m.Key] = (Seen[m.Key] or 0) + 1 end)`;

/** In a tab: sends one thing to be counted; answers the id, once it is acknowledged. */
export const count = (tab, process, key) =>
  tab.evaluate(
    ([process, Key]) => unit.message({ process, tags: kit.tags({ Action: 'Count', Key }) }),
    [process, key],
  );
