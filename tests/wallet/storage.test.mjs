// Wallets of the page's own: kept across reloads, shared by tabs, and sealed unless they were made otherwise.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withBrowser } from '../demo/browser.mjs';
import { jwk } from './keys.mjs';

const call = (page, name, ...args) =>
  page.evaluate(async ([name, args]) => (await import('/wallet/storage.js'))[name](...args), [name, args]);

const open = async (page, origin) => (await page.goto(`${origin}/wallet/`), page);

test('wallets are there again after a reload, sign, and are sealed', { timeout: 120_000 }, () =>
  withBrowser(async ({ page, origin, complaints }) => {
    await open(page, origin);
    await call(page, 'watchTransactions');
    const [first, second] = await call(page, 'make');
    const written = await call(page, 'watched');
    assert.ok(written.length >= 2);
    // What is relaxed may be lost when the power fails, and the key with it.
    assert.deepEqual([...new Set(written)], ['strict']);
    await page.reload();
    assert.deepEqual(await call(page, 'list'), [first, second]);
    assert.deepEqual([first.type, first.extractable], ['ed25519', false]);
    assert.deepEqual([second.type, second.extractable], ['arweave', true]);
    assert.deepEqual(await call(page, 'signAll'), [true, true]);

    assert.deepEqual(await call(page, 'steal'), {
      'first as jwk': 'InvalidAccessError',
      'first as pkcs8': 'InvalidAccessError',
      'second as jwk': 'exported',
      'second as pkcs8': 'exported',
    });
    const refused = await call(page, 'exportNamed', 'first');
    assert.equal(refused.code, 'WALLET_NOT_EXTRACTABLE');
    const { jwk: exported } = await call(page, 'exportNamed', 'second');
    assert.deepEqual(Object.keys(exported), ['kty', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi']);

    await call(page, 'rename', 'first', 'the first');
    await call(page, 'remove', 'second');
    const imported = await call(page, 'takeIn', jwk, 'from a file');
    await page.reload();
    assert.deepEqual((await call(page, 'list')).map(({ name }) => name), ['the first', 'from a file']);
    assert.equal(imported.address, 'JSqwJG3FceE5txKjfm0QTPxtXU4qGHRm-Eh0CYGKcYE');
    assert.deepEqual(await call(page, 'signAll'), [true, true]);
    assert.deepEqual(complaints, []);
  }),
);

test('tabs that need the page’s own wallet at once end with one', { timeout: 120_000 }, () =>
  withBrowser(async ({ page, origin }) => {
    const tabs = [page];
    for (let i = 0; i < 4; i += 1) tabs.push(await page.context().newPage());
    await Promise.all(tabs.map((tab) => open(tab, origin)));
    const wallets = await Promise.all(tabs.flatMap((tab) => [call(tab, 'own'), call(tab, 'own')]));
    assert.equal(new Set(wallets.map(({ address }) => address)).size, 1);
    assert.deepEqual(await call(page, 'list'), [wallets[0]]);
    await page.reload();
    assert.deepEqual(await call(page, 'own'), wallets[0]);
  }),
);

test('the first line of Lua needs no wallet', { timeout: 120_000 }, () =>
  withBrowser(async ({ page, origin }) => {
    await open(page, origin);
    const said = await call(page, 'firstLines');
    const { address } = await call(page, 'own');
    assert.equal(said, `hello ${address}`);
    await page.reload();
    assert.equal(await call(page, 'firstLines'), said);
  }),
);

test('a page without storage is told so, and can have a wallet that is not kept', { timeout: 120_000 }, () =>
  withBrowser(async ({ page, origin }) => {
    await open(page, origin);
    await page.evaluate(() => {
      const open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
      Object.defineProperty(globalThis, 'indexedDB', { value: { open } });
    });
    assert.deepEqual(await call(page, 'withoutStorage'), ['STORE_UNAVAILABLE', 'STORE_UNAVAILABLE', 43]);
  }),
);
