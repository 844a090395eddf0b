// Processes that take all they can have no more memory together than the unit was told, in a page.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withBrowser } from '../demo/browser.mjs';
import { watchedRenderers } from '../demo/system.mjs';

const MEGABYTES = 2 ** 20;
/** So many of them hold so much each; all are to have so much together. */
const [PROCESSES, EACH, TOGETHER] = [16, 32, 96];
/** Beside that, the tab has what is not collected yet, and what is on its way to disk. With no bound it has 1.3. */
const PART = 0.75;

const letter = (i) => String.fromCharCode(97 + i);

test('what all have together is bounded, and each comes back as it was', { timeout: 120_000 }, (t) =>
  withBrowser(async ({ page, origin, complaints }) => {
    await page.goto(`${origin}/unit-api/`);
    await page.waitForFunction(() => globalThis.kit !== undefined);
    const processes = await page.evaluate(async ([liveMemory, count]) => {
      globalThis.unit = await kit.openUnit({ storage: 'idb://together', liveMemory });
      return Promise.all(Array.from({ length: count }, () => kit.spawn(unit, 'Held = {}')));
    }, [TOGETHER * MEGABYTES, PROCESSES]);
    const memory = watchedRenderers(50);
    const read = (process, lua) =>
      page.evaluate(async ([process, lua]) => (await kit.evaluate(unit, process, lua)).outcome.Output.data, [process, lua]);
    for (const [i, process] of processes.entries()) {
      await read(process, `for i = 1, ${EACH} do Held[i] = ('${letter(i)}'):rep(2^20 - 100) .. i end return #Held`);
    }
    const more = Math.round((memory.end() - memory.before) / MEGABYTES);
    t.diagnostic(`the tab had ${more} MiB more at most`);
    assert.ok(more > EACH && more < PART * PROCESSES * EACH, `the tab had ${more} MiB more`);
    for (const i of [0, 7, PROCESSES - 1]) {
      const length = await read(processes[i], `return #Held .. ' ' .. Held[${EACH}]:sub(1, 1) .. ' ' .. #Held[1]`);
      assert.equal(length, `${EACH} ${letter(i)} ${2 ** 20 - 99}`);
    }
    assert.deepEqual(complaints, []);
  }),
);
