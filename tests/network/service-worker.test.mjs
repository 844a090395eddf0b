// A dApp that knows nothing of the unit, behind a service worker, with the network cut off.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withBrowser } from '../demo/browser.mjs';
import { exposeKeys } from '../wallet/keys.mjs';

const UNKNOWN = 'x'.repeat(42) + 'A';

for (const worker of ['module', 'classic']) {
  test(`a dApp behind a ${worker} service worker`, { timeout: 180_000 }, (t) =>
    withBrowser(async ({ page, origin, complaints, cutOff }) => {
      const part = (what, run) => t.test(what, { timeout: 60_000 }, run);
      await exposeKeys(page);
      const address = `${origin}/dapp/?worker=${worker}`;
      const open = async () => {
        await page.goto(address);
        await page.waitForFunction(() => globalThis.dapp !== undefined);
      };
      const call = (name, ...args) => page.evaluate(([name, args]) => dapp[name](...args), [name, args]);
      const stop = async () => {
        const devtools = await page.context().newCDPSession(page);
        await devtools.send('ServiceWorker.enable');
        await devtools.send('ServiceWorker.stopAllWorkers');
        await devtools.detach();
      };
      let process;

      await part('the page is controlled at its first load, and its process runs in the worker', async () => {
        await open();
        process = await call('spawnCounter');
        assert.equal(await call('count', process), '1');
      });

      await part('it goes on when the network is cut off, the scheduler located', async () => {
        await cutOff();
        assert.equal(await call('count', process), '2');
        assert.equal(await call('read', process), '3');
        assert.equal(await call('slotOf', process), '3');
        const [status, text] = await call('file', process);
        assert.equal(status, 200);
        assert.match(text, /Handlers\.add\("count"/);
      });

      await part('it loads again without a network, and its state is there', async () => {
        await open();
        assert.equal(await call('count', process), '3');
        assert.equal(await call('history', process), 5);
      });

      await part('a worker that was stopped starts again, and its state is there', async () => {
        await stop();
        assert.equal(await call('read', process), '4');
        await stop();
        await open();
        assert.equal(await call('count', process), '4');
        assert.equal(await page.evaluate(() => dapp.spawnCounter().then(dapp.count)), '1');
      });

      await part('what is nowhere is refused, and not asked of a network that is not there', async () => {
        const [status, text] = await call('file', UNKNOWN);
        assert.equal(status, 404);
        assert.match(text, /nothing in this unit has the id/);
      });

      assert.deepEqual(complaints.filter((text) => !/404/.test(text)), []);
    }),
  );
}

test('a page and its service worker', { timeout: 120_000 }, (t) =>
  withBrowser(async ({ page, origin, complaints }) => {
    const part = (what, run) => t.test(what, { timeout: 60_000 }, run);
    await exposeKeys(page);
    const open = async (worker) => {
      await page.goto(`${origin}/dapp/?worker=${worker}`);
      await page.waitForFunction(() => globalThis.dapp !== undefined);
    };
    await open('module');
    const process = await page.evaluate(() => dapp.spawnCounter());

    await part('share a storage: what one sends, the other sees', async () => {
      const seen = await page.evaluate(async (process) => {
        const { openUnit } = await import('/pkg/unit.js');
        const unit = await openUnit({ storage: 'idb://dapp' });
        const before = await unit.inspect(process, 'Count');
        const counted = await dapp.count(process);
        const after = await unit.inspect(process, 'Count');
        await unit.close();
        return { before, counted, after };
      }, process);
      assert.deepEqual(seen, { before: 0, counted: '1', after: 1 });
    });

    await part('go on when the page has the unit, and closes it', async () => {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('ServiceWorker.enable');
      await devtools.send('ServiceWorker.stopAllWorkers');
      const seen = await page.evaluate(async (process) => {
        const { openUnit } = await import('/pkg/unit.js');
        const unit = await openUnit({ storage: 'idb://dapp' });
        const whilePageLeads = await dapp.count(process);
        await unit.close();
        return [whilePageLeads, await dapp.count(process)];
      }, process);
      assert.deepEqual(seen, ['2', '3']);
    });

    await part('find each other after a reload that bypassed the worker', async () => {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Page.reload', { ignoreCache: true });
      await page.waitForFunction(() => globalThis.dapp !== undefined);
      assert.equal(await page.evaluate((process) => dapp.count(process), process), '4');
    });

    await part('are those of a new script when there is one, and the state is there', async () => {
      await page.evaluate(async () => {
        const { registerNetwork } = await import('/pkg/register.js');
        await registerNetwork('/dapp/passing-worker.js');
      });
      const { scripted, counted, found, passed } = await page.evaluate(
        async ([process, origin]) => ({
          scripted: navigator.serviceWorker.controller.scriptURL,
          counted: await dapp.count(process),
          found: (await fetch(`${origin}/network/${process}`)).status,
          passed: await (await fetch(`${origin}/network/kit.js`)).text(),
        }),
        [process, origin],
      );
      assert.match(scripted, /passing-worker\.js$/);
      assert.deepEqual([counted, found], ['5', 200]);
      assert.match(passed, /What the tests have at hand/);
    });

    assert.deepEqual(complaints, []);
  }),
);

test('what cannot be registered says why', { timeout: 60_000 }, () =>
  withBrowser(async ({ page, origin }) => {
    await page.goto(`${origin}/network/`);
    const refusal = (url, options) =>
      page.evaluate(
        async ([url, options]) => {
          const { registerNetwork } = await import('/pkg/register.js');
          return registerNetwork(url, options).then(() => undefined, ({ code, message }) => ({ code, message }));
        },
        [url, options],
      );
    const missing = await refusal('/dapp/nothing.js');
    assert.equal(missing.code, 'SERVICE_WORKER_FAILED');
    assert.match(missing.message, /nothing\.js cannot be used: /);
    const outside = await refusal('/dapp/module-worker.js');
    assert.equal(outside.code, 'SERVICE_WORKER_FAILED');
    assert.match(outside.message, /it is for pages below .*\/dapp\/, and this one is .*\/network\//);
    const serve = await page.evaluate(async () => {
      const { serveNetwork } = await import('/pkg/service-worker.js');
      try {
        serveNetwork();
      } catch ({ code }) {
        return code;
      }
    });
    assert.equal(serve, 'UNSUPPORTED');
    await page.goto(`${origin.replace('localhost', 'insecure.test')}/network/`);
    assert.equal((await refusal('/dapp/module-worker.js')).code, 'UNSUPPORTED');
  }),
);
