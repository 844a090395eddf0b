// `ao-unit/data-item` in Chromium, against what arbundles makes and says.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { DataItem } from '@dha-team/arbundles/build/node/esm/src/index';
import { withBrowser } from '../demo/browser.mjs';
import { exposeKeys } from './keys.mjs';

const call = (page, name) => page.evaluate(async (name) => (await import('/wallet/items.js'))[name](), name);

test('items of arbundles verify in a page, and what the page makes verifies in arbundles', { timeout: 120_000 }, () =>
  withBrowser(async ({ page, origin, complaints }) => {
    await page.goto(`${origin}/wallet/`);
    const { checked, wrong } = await call(page, 'checkVectors');
    assert.deepEqual(wrong, []);
    assert.ok(checked > 20);
    await exposeKeys(page);
    const made = await call(page, 'make');
    assert.deepEqual([...new Set(made.map(({ type }) => type))], [1, 2, 3, 4, 7]);
    for (const { type, id, raw } of made) {
      const item = new DataItem(Buffer.from(raw, 'base64url'));
      assert.deepEqual([item.signatureType, item.id], [type, id]);
      assert.equal(await item.isValid(), true, `type ${type}`);
    }
    assert.deepEqual(complaints, []);
  }),
);

test('a signature of Arweave verifies in one spelling alone', { timeout: 120_000 }, () =>
  withBrowser(async ({ page, origin }) => {
    await page.goto(`${origin}/wallet/`);
    const verdicts = await call(page, 'respelt');
    assert.ok(verdicts.length > 0);
    assert.ok(!verdicts.includes(true));
  }),
);

test('an owner that is no key makes an item wrong, and nobody else’s', { timeout: 120_000 }, () =>
  withBrowser(async ({ page, origin }) => {
    await page.goto(`${origin}/wallet/`);
    const { verdicts, atOnce } = await call(page, 'amongStrangers');
    assert.deepEqual(verdicts, Array(verdicts.length / 2).fill([false, true]).flat());
    assert.equal(atOnce.filter(Boolean).length, 2);
  }),
);

test('without WebCrypto a signature is not called wrong: the page is told what is missing', { timeout: 120_000 }, () =>
  withBrowser(async ({ page, origin }) => {
    await page.goto(`${origin.replace('localhost', 'insecure.test')}/wallet/`);
    const { isSecureContext, arweave, ed25519, accepted, wallet } = await call(page, 'withoutWebCrypto');
    assert.equal(isSecureContext, false);
    assert.equal(ed25519, true);
    for (const { code, message } of [arweave, accepted, wallet]) {
      assert.equal(code, 'UNSUPPORTED', message);
      assert.match(message, /secure context: .*https or from localhost/);
    }
  }),
);
