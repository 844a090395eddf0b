// Stubs of the wallets in use, in Chromium, each from its prompt to an evaluated message.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { withBrowser } from '../demo/browser.mjs';
import { account, exposeKeys, jwk } from './keys.mjs';

const ARWEAVE = createHash('sha256').update(Buffer.from(jwk.n, 'base64url')).digest('base64url');
const OWNERS = {
  wander: ARWEAVE,
  arconnect: ARWEAVE,
  arweaveApp: ARWEAVE,
  othent: ARWEAVE,
  beacon: ARWEAVE,
  quickWallet: ARWEAVE,
  first: ARWEAVE,
  second: undefined,
  jwk: ARWEAVE,
  // One account, one address, whichever way it signs.
  ethereum: account,
  ethereumHardware: account,
  ethereumMessage: account,
  page: undefined,
};

test('wallets', { timeout: 300_000 }, (t) =>
  withBrowser(async ({ page, origin, complaints }) => {
    await exposeKeys(page);
    await page.goto(`${origin}/wallet/`);
    const call = (name, ...args) =>
      page.evaluate(async ([name, args]) => (await import('/wallet/cases.js'))[name](...args), [name, args]);

    for (const [name, expected] of Object.entries(OWNERS)) {
      await t.test(`${name}: what it signs is accepted and evaluated`, async () => {
        const { ids, owner, length, read } = await call('use', name, { jwk });
        assert.deepEqual(read.slice(0, 2), ['42', '43']);
        assert.equal(new Set(ids).size, 3);
        assert.equal(length, 4);
        if (expected) assert.equal(owner, expected);
      });
    }

    for (const name of ['wander', 'arconnect', 'arweaveApp', 'othent', 'beacon', 'ethereum', 'ethereumMessage']) {
      for (const what of ['permission', 'signature']) {
        await t.test(`${name}: a refused ${what} is a refusal, and changes nothing`, async () => {
          const { error, processes } = await call('refuse', name, what);
          assert.deepEqual([error.name, error.code, error.hasCause], ['UnitError', 'WALLET_REFUSED', true], error.message);
          assert.deepEqual(processes, []);
        });
      }
    }

    await t.test('permission is asked for when something is signed, and prompts once', async () => {
      const { log } = await call('use', 'wander');
      assert.deepEqual(log.slice(0, 4), ['connect', 'prompt', 'signDataItem', 'connect']);
      assert.equal(log.filter((entry) => entry === 'prompt').length, 1);
    });

    await t.test('Ethereum: typed data is one prompt a message, a personal message needs one more for the page', async () => {
      const prompts = (log) => log.filter((method) => method !== 'eth_requestAccounts');
      assert.deepEqual(prompts((await call('use', 'ethereum')).log), Array(4).fill('eth_signTypedData_v4'));
      await page.reload();
      assert.deepEqual(prompts((await call('use', 'ethereumMessage')).log), Array(5).fill('personal_sign'));
      assert.deepEqual(prompts((await call('use', 'ethereumMessage')).log), Array(4).fill('personal_sign'));
    });

    await t.test('an item for another process is not sent, nor one that spawns nothing', async () => {
      const { message, spawn, lengths } = await call('replay');
      assert.equal(message.code, 'SIGNER_ANSWERED_OTHER', message.message);
      assert.equal(spawn.code, 'SIGNER_ANSWERED_OTHER', spawn.message);
      assert.deepEqual(lengths, [1, 1]);
    });

    await t.test('what a wallet makes of the tags is what counts, and the caller’s stay as they were', async () => {
      const values = { 'Data-Protocol': 'ao', Action: 'Transfer', Quantity: '12.7' };
      const wander = await call('tagsOf', 'wander', values);
      assert.deepEqual(wander, { isItsId: true, given: 3, tags: { ...values, Quantity: '12' } });
      const quick = await call('tagsOf', 'quickWallet', values);
      assert.deepEqual(quick.tags, { ...values, 'App-Name': 'QuickWallet' });
    });

    assert.deepEqual(complaints, []);
  }),
);
