// What a service worker does not do: it loses nothing when the disk is full, and lets nothing out that was signed.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withBrowser } from '../demo/browser.mjs';
import { exposeKeys } from '../wallet/keys.mjs';

const UNKNOWN = 'x'.repeat(42) + 'A';

/** A page of the dApp behind `worker`, and what can be done with the two. */
async function behind({ page, origin }, worker) {
  await exposeKeys(page);
  await page.goto(`${origin}/dapp/?script=${encodeURIComponent(worker)}`);
  await page.waitForFunction(() => globalThis.dapp !== undefined);
  return {
    call: (name, ...args) => page.evaluate(([name, args]) => dapp[name](...args), [name, args]),
    /** What a call rejects with. */
    refusal: (name, ...args) =>
      page.evaluate(([name, args]) => dapp[name](...args).then(() => undefined, String), [name, args]),
    /** Says something to the worker, which answers. */
    tell: (what) =>
      page.evaluate(async (what) => {
        const { port1, port2 } = new MessageChannel();
        const answer = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
        navigator.serviceWorker.controller.postMessage(what, [port2]);
        return answer;
      }, what),
    async stop() {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('ServiceWorker.enable');
      await devtools.send('ServiceWorker.stopAllWorkers');
      await devtools.detach();
    },
  };
}

test('a service worker on a full disk', { timeout: 120_000 }, (t) =>
  withBrowser(async (browser) => {
    const { page, origin, complaints } = browser;
    const part = (what, run) => t.test(what, { timeout: 60_000 }, run);
    const { call, refusal, tell, stop } = await behind(browser, 'full-worker.js');
    const process = await call('spawnCounter');
    assert.equal(await call('count', process), '1');

    await part('refuses what it cannot keep, in words that say so', async () => {
      await tell({ isFull: true });
      for (const said of [await refusal('count', process), await refusal('spawnCounter')]) {
        assert.match(said, /500: {"error":"the browser gives this site no more storage: /);
      }
    });

    await part('answers what reads, and the page’s own files', async () => {
      assert.equal(await call('read', process), '2');
      assert.equal(await call('history', process), 2);
      const status = await page.evaluate(async () => (await fetch('./dapp.js', { cache: 'reload' })).status);
      assert.equal(status, 200);
    });

    await part('goes on when there is room again, and has done nothing twice', async () => {
      await tell({ isFull: false });
      assert.equal(await call('count', process), '2');
      await stop();
      assert.equal(await call('read', process), '3');
      assert.equal(await call('history', process), 3);
      assert.equal(await page.evaluate(() => dapp.spawnCounter().then(dapp.count)), '1');
    });

    await part('is not installed, and says so', async () => {
      await page.goto(`${origin}/network/`);
      const { code, message } = await page.evaluate(async () => {
        const { registerNetwork } = await import('/pkg/register.js');
        const [registration] = await navigator.serviceWorker.getRegistrations();
        await registration.unregister();
        history.replaceState(null, '', '/dapp/');
        return registerNetwork('/dapp/full-worker.js?full').then(String, ({ code, message }) => ({ code, message }));
      });
      assert.equal(code, 'SERVICE_WORKER_FAILED');
      assert.match(message, /full-worker\.js\?full cannot be used: /);
    });

    assert.deepEqual(complaints.filter((text) => !/status of 500|the disk is full/.test(text)), []);
  }),
);

/** What writes, at every address of the network: a signed item for a process that is not here, and what goes with it. */
const WRITES = [
  ['POST', 'https://mu.ao-testnet.xyz/'],
  ['POST', `https://mu.ao-testnet.xyz/?process-id=${UNKNOWN}&assign=${UNKNOWN}`],
  ['POST', `https://mu.ao-testnet.xyz/monitor/${UNKNOWN}`],
  ['DELETE', `https://mu.ao-testnet.xyz/monitor/${UNKNOWN}`],
  ['POST', `https://mu.ao-testnet.xyz/nothing`],
  ['POST', 'https://su-router.ao-testnet.xyz/'],
  ['POST', `https://su-router.ao-testnet.xyz/?process-id=${UNKNOWN}&assign=${UNKNOWN}`],
  ['POST', `https://cu.ao-testnet.xyz/result/${UNKNOWN}?process-id=${UNKNOWN}`],
  ['POST', 'https://arweave.net/tx'],
  ['PUT', `https://arweave.net/${UNKNOWN}`],
  ['POST', 'http://localhost:4002/'],
];

/** What reads of what is not here. */
const READS = [
  ['GET', `https://arweave.net/${UNKNOWN}`],
  ['GET', `https://su-router.ao-testnet.xyz/${UNKNOWN}?process-id=${UNKNOWN}`],
  ['GET', `https://cu.ao-testnet.xyz/result/${UNKNOWN}?process-id=${UNKNOWN}`],
  ['POST', `https://cu.ao-testnet.xyz/dry-run?process-id=${UNKNOWN}`],
  ['POST', 'https://arweave.net/graphql'],
];

const BODIES = {
  'https://arweave.net/graphql': JSON.stringify({ query: `{ transactions(ids: ["${UNKNOWN}"]) { edges { node { id } } } }` }),
  [READS[3][1]]: JSON.stringify({ Id: '1', Target: UNKNOWN, Owner: 'o', Tags: [] }),
};

for (const [said, passThrough] of [['nothing', undefined], ['“reads”', 'reads'], ['false', false], ['true', true]]) {
  test(`what leaves a service worker that is told ${said} of it`, { timeout: 120_000 }, () =>
    withBrowser(async (browser) => {
      const { page } = browser;
      const query = passThrough === undefined ? '' : `?passThrough=${JSON.stringify(passThrough)}`;
      const { call, refusal, tell } = await behind(browser, `recording-worker.js${query}`);
      const own = await call('spawnCounter');
      assert.equal(await call('count', own), '1');
      assert.deepEqual(await tell('left'), [], 'what is here leaves no trace');

      /** Asks all of it, and answers what left: method and address. */
      const ask = async (requests) => {
        const signed = await call('signed', UNKNOWN);
        const asked = requests.map(([method, url]) => [method, url, BODIES[url]]);
        const answers = await page.evaluate(
          async ([asked, signed]) => {
            const item = Uint8Array.from(signed);
            const answers = [];
            for (const [method, url, body] of asked) {
              const response = await fetch(url, { method, body: method === 'GET' ? undefined : (body ?? item) });
              answers.push([response.status, await response.text()]);
            }
            return answers;
          },
          [asked, signed],
        );
        const left = await tell('left');
        return { answers, signed, left: left.map(({ method, url }) => [method, url]), bodies: left.map(({ body }) => body) };
      };
      const isReal = ([status, text]) => status === 200 && text === 'from the real network';

      const reads = await ask(READS);
      const doesRead = passThrough !== false;
      assert.deepEqual(reads.left, doesRead ? READS : []);
      assert.deepEqual(reads.answers.map(isReal), READS.map(() => doesRead));

      const writes = await ask(WRITES);
      const message = await refusal('count', UNKNOWN);
      const sent = await tell('left');
      if (passThrough === true) {
        assert.deepEqual(writes.left[0], WRITES[0]);
        assert.deepEqual(writes.bodies[0], writes.signed, 'the item goes as it was signed');
        assert.ok(sent.some(({ method, url }) => method === 'POST' && url.startsWith('https://mu.ao-testnet.xyz')));
      } else {
        assert.deepEqual(writes.left, []);
        assert.ok(writes.answers.every((answer) => answer[0] >= 400), JSON.stringify(writes.answers));
        assert.match(message, /404/);
        assert.deepEqual(sent, []);
      }
      // It is the page's own, whatever leaves.
      assert.equal(await call('count', own), '2');
    }),
  );
}
