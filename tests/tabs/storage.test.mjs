// What a browser does to a page's storage: it is private, full, cleared, or another version's.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withBrowser } from '../demo/browser.mjs';
import { count, COUNTER, tabOn } from './pages.mjs';

const spawnCounter = (tab) => tab.evaluate((lua) => kit.spawn(unit, lua), COUNTER);
const seen = (tab, process) => tab.evaluate((process) => unit.inspect(process, 'Seen'), process);
const processes = (tab) => tab.evaluate(async () => (await unit.processes()).map(({ id }) => id));
const replayed = async (tab, process) => {
  const { different, memoryIsEqual } = await tab.evaluate((process) => unit.replay(process), process);
  return [different, memoryIsEqual];
};
const reopen = (tab, storage) =>
  tab.evaluate(async (storage) => {
    await unit.close().catch(() => {});
    globalThis.unit = await kit.openUnit({ storage });
  }, storage);
/** The code that a message is refused with; `undefined` when it is acknowledged. */
const refused = (tab, process, key, bytes = 0) =>
  tab.evaluate(
    async ([process, Key, bytes]) => {
      // What could be compressed takes no room.
      const data = Array.from({ length: bytes / 8 }, () => Math.random().toString(36).slice(2, 10)).join('');
      return (await kit.refusal(() => unit.message({ process, tags: kit.tags({ Action: 'Count', Key }), data }))).code;
    },
    [process, key, bytes],
  );

async function developer(page) {
  const session = await page.context().newCDPSession(page);
  const clear = (origin) => session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  const limit = (origin, quotaSize) => session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  return { clear, limit };
}

test('a browser’s storage', { timeout: 240_000 }, (t) =>
  withBrowser(async ({ page, origin }) => {
    const context = page.context();
    await page.goto(`${origin}/unit-api/`);
    const { clear, limit } = await developer(page);
    const part = (name, run) => t.test(name, { timeout: 60_000 }, run);

    await part('in a private window there is a unit, too, and nothing of it later', async () => {
      const visit = async () => {
        const window = await context.browser().newContext();
        return { window, tab: await tabOn(window, origin, 'idb://private') };
      };
      const first = await visit();
      const process = await spawnCounter(first.tab);
      await count(first.tab, process, 'one');
      const second = await tabOn(first.window, origin, 'idb://private');
      await first.tab.close();
      await count(second, process, 'two');
      assert.deepEqual(await seen(second, process), { one: 1, two: 1 });
      await first.window.close();
      const { window, tab } = await visit();
      assert.deepEqual(await processes(tab), []);
      await spawnCounter(tab);
      await window.close();
      const public_ = await tabOn(context, origin, 'idb://private');
      assert.deepEqual(await processes(public_), []);
      await public_.close();
    });

    await part('what is cleared between visits begins anew', async () => {
      const first = await tabOn(context, origin, 'idb://visits');
      const process = await spawnCounter(first);
      await first.close();
      await clear(origin);
      const tab = await tabOn(context, origin, 'idb://visits');
      assert.deepEqual(await processes(tab), []);
      assert.equal(await refused(tab, process, 'late'), 'PROCESS_NOT_FOUND');
      await count(tab, await spawnCounter(tab), 'one');
      await tab.close();
    });

    await part('what is cleared while it is in use is lost, which is said, and begins anew when it is opened', async () => {
      const tabs = [await tabOn(context, origin, 'idb://cleared'), await tabOn(context, origin, 'idb://cleared')];
      const process = await spawnCounter(tabs[0]);
      await clear(origin);
      for (const tab of tabs) assert.equal(await refused(tab, process, 'late'), 'STORE_LOST');
      assert.equal(await refused(tabs[1], process, 'later'), 'STORE_LOST', 'and for good');
      await reopen(tabs[0], 'idb://cleared');
      assert.deepEqual(await processes(tabs[0]), []);
      await count(tabs[0], await spawnCounter(tabs[0]), 'one');
      await Promise.all(tabs.map((tab) => tab.close()));
    });

    await part('nobody writes beside somebody else, although the locks were cleared, too', async () => {
      const storage = 'idb://beside';
      const [leader, follower] = [await tabOn(context, origin, storage), await tabOn(context, origin, storage)];
      await spawnCounter(leader);
      await clear(origin);
      // The browser gives this one other locks than those that the two before have.
      const fresh = await tabOn(context, origin, storage);
      const process = await spawnCounter(fresh);
      await count(fresh, process, 'fresh');
      await leader.close();
      // The follower leads now, by its own locks.
      await follower.evaluate(
        (process) => kit.until(async () => (await unit.processes()).some(({ id }) => id === process)),
        process,
      );
      const acknowledged = ['fresh'];
      const lost = { follower: 0, fresh: 0 };
      for (let i = 0; i < 6; i += 1) {
        for (const [who, tab] of Object.entries({ follower, fresh })) {
          const code = await refused(tab, process, `${who}-${i}`);
          if (code === undefined) acknowledged.push(`${who}-${i}`);
          else {
            assert.equal(code, 'STORE_LOST');
            lost[who] += 1;
            if (i % 2) await reopen(tab, storage);
          }
        }
      }
      assert.ok(lost.fresh > 0, 'the other one has lost it');
      await Promise.all([follower.close(), fresh.close()]);
      const last = await tabOn(context, origin, storage);
      const all = await seen(last, process);
      assert.deepEqual(acknowledged.filter((key) => all[key] !== 1), []);
      assert.deepEqual(Object.keys(all).filter((key) => !acknowledged.includes(key)), []);
      assert.deepEqual(await replayed(last, process), [0, true]);
      await last.close();
    });

    await part('whoever was left behind by thousands of openings is told, and their marks do not pile up', async () => {
      const tab = await tabOn(context, origin, 'idb://behind');
      const process = await spawnCounter(tab);
      /** What so many openings leave in the database. */
      const openings = (count) =>
        page.evaluate(async (count) => {
          const opened = indexedDB.open('behind');
          const database = await new Promise((resolve) => (opened.onsuccess = () => resolve(opened.result)));
          const store = database.transaction('unit', 'readwrite').objectStore('unit');
          const answer = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
          const last = await answer(store.get('openings'));
          for (let number = last + 1; number <= last + count; number += 1) {
            store.put(true, `opening/${number.toString(16).padStart(8, '0')}`);
          }
          store.put(last + count, 'openings');
          const marks = await answer(store.count(IDBKeyRange.bound('opening/', 'opening0')));
          database.close();
          return marks;
        }, count);
      await openings(4095);
      assert.equal(await refused(tab, process, 'late'), 'STORE_LOST');
      await openings(10_000);
      await reopen(tab, 'idb://behind');
      assert.equal(await openings(0), 4096);
      assert.equal(await refused(tab, process, 'in time'), undefined);
      await tab.close();
    });

    await part('with 5 MB, what does not fit is refused, and what was acknowledged stays', async () => {
      await clear(origin);
      await limit(origin, 5_000_000);
      const tab = await tabOn(context, origin, 'idb://quota');
      const process = await spawnCounter(tab);
      const acknowledged = [];
      const codes = new Set();
      for (let i = 0; i < 30; i += 1) {
        const code = await refused(tab, process, `large-${i}`, 400_000);
        if (code === undefined) acknowledged.push(`large-${i}`);
        else codes.add(code);
      }
      assert.deepEqual([...codes], ['STORE_QUOTA']);
      assert.ok(acknowledged.length >= 5 && acknowledged.length < 30, `${acknowledged.length} were taken in`);
      const counted = Object.fromEntries(acknowledged.map((key) => [key, 1]));
      assert.deepEqual(await seen(tab, process), counted);

      await tab.reload();
      await tab.waitForFunction(() => globalThis.kit !== undefined);
      await tab.evaluate(async () => (globalThis.unit = await kit.openUnit({ storage: 'idb://quota' })) && 0);
      assert.deepEqual(await seen(tab, process), counted, 'it opens on a full disk, with all of it');
      await limit(origin, 500_000_000);
      // The browser may go on for a moment by the room that it remembers.
      let code;
      for (let i = 0; i < 40 && (code = await refused(tab, process, `again-${i}`, 400_000)); i += 1) {
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
      assert.equal(code, undefined, 'it goes on when there is room again');
      const all = await seen(tab, process);
      assert.deepEqual(acknowledged.filter((key) => all[key] !== 1), []);
      assert.equal(Object.keys(all).length, acknowledged.length + 1, 'and nothing that was refused is there');
      assert.deepEqual(await replayed(tab, process), [0, true]);
      await tab.close();
      await limit(origin);
    });

    await part('room that is freed by deleting a process is used again', async () => {
      await clear(origin);
      await limit(origin, 5_000_000);
      const tab = await tabOn(context, origin, 'idb://freed');
      const [large, small] = [await spawnCounter(tab), await spawnCounter(tab)];
      let full;
      for (let i = 0; !full && i < 30; i += 1) full = await refused(tab, large, `large-${i}`, 400_000);
      assert.equal(full, 'STORE_QUOTA');
      const code = await tab.evaluate(async (large) => (await kit.refusal(() => unit.deleteProcess(large))).code, large);
      assert.equal(code, undefined, 'a process can be deleted on a full disk');
      await tab.evaluate(
        (small) =>
          kit.until(async () => {
            const tags = kit.tags({ Action: 'Count', Key: String(Math.random()) });
            const data = Array.from({ length: 50_000 }, () => Math.random().toString(36).slice(2, 10)).join('');
            return (await kit.refusal(() => unit.message({ process: small, tags, data }))).succeeded;
          }),
        small,
      );
      await tab.close();
      await limit(origin);
    });

    await part('a database that another page makes newer is lost, and is not touched by this version', async () => {
      const storage = 'idb://newer';
      const tab = await tabOn(context, origin, storage);
      const process = await spawnCounter(tab);
      await count(tab, process, 'one');
      const contents = await page.evaluate(async () => {
        const request = indexedDB.open('newer', 99);
        const database = await new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
        const names = [...database.objectStoreNames];
        database.close();
        return names;
      });
      assert.ok(contents.includes('assignments'));
      assert.equal(await refused(tab, process, 'late'), 'STORE_LOST');
      const { code, message } = await tab.evaluate(async (storage) => {
        await unit.close().catch(() => {});
        return kit.refusal(() => kit.openUnit({ storage }));
      }, storage);
      assert.equal(code, 'STORE_FAILED');
      assert.match(message, /version \(2\) is less than the existing version \(99\)/);
      assert.equal((await page.evaluate(() => indexedDB.databases())).find(({ name }) => name === 'newer').version, 99);
      await tab.close();
    });
  }),
);

test('tabs of two versions of the package', { timeout: 120_000 }, (t) =>
  withBrowser(async ({ page, origin }) => {
    const context = page.context();
    await page.goto(`${origin}/unit-api/`);
    const part = (name, run) => t.test(name, { timeout: 60_000 }, run);

    /** A tab whose package speaks another protocol, and is less patient. */
    const otherTab = async () => {
      const tab = await context.newPage();
      await tab.route('**/pkg/*.js', async (route) => {
        const response = await route.fetch();
        const text = await response.text();
        const other = text.replaceAll('ao-unit/3:', 'ao-unit/2:').replace(/=15e3\b/, '=15e2');
        await route.fulfill({ response, body: other });
      });
      await tab.goto(`${origin}/unit-api/`);
      await tab.waitForFunction(() => globalThis.kit !== undefined);
      return tab;
    };
    const open = (tab, storage) =>
      tab.evaluate(async (storage) => {
        const opened = await kit.refusal(() => kit.openUnit({ storage }));
        globalThis.unit = opened.succeeded;
        return opened.code && `${opened.code}: ${opened.message}`;
      }, storage);

    await part('one is told that the other has the storage, and gets it when that one goes', async () => {
      for (const isNewerFirst of [false, true]) {
        const storage = `idb://newer-first-${isNewerFirst}`;
        const older = await otherTab();
        const newer = await context.newPage();
        await newer.goto(`${origin}/unit-api/`);
        await newer.waitForFunction(() => globalThis.kit !== undefined);
        const [leads, comes] = isNewerFirst ? [newer, older] : [older, newer];
        assert.equal(await open(leads, storage), undefined);
        const process = await spawnCounter(leads);
        await count(leads, process, 'one');
        if (isNewerFirst) assert.match(await open(comes, storage), /^UNIT_BUSY: /);
        await count(leads, process, 'two');
        const opening = open(comes, storage);
        await leads.close();
        assert.equal(await opening, undefined);
        await count(comes, process, 'three');
        assert.deepEqual(await seen(comes, process), { one: 1, two: 1, three: 1 });
        await comes.close();
      }
    });
  }),
);
