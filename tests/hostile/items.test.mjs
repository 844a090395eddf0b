// Malformed, forged, replayed and posing items, in Node and in Chromium: each is refused by its code or heard as whose it
// is, and the unit is as it was.
// The long form is `cargo xtask items`.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { connect, createDataItemSigner } from 'ao-unit';
import { createFetch } from 'ao-unit/fetch';
import { openUnit } from 'ao-unit/unit';
import { generateWallet } from 'ao-unit/wallet';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';
import { formOf } from '../demo/form.mjs';
import { chance } from '../faults/workload.mjs';
import { disown, forged, refuseAll, replayAll, stageItems, unmask } from './items.mjs';
import { claimsOf, corpora, messagesTo, spawnsOf } from './signing.mjs';

/** How many bits are changed in each field of each item, and what decides which. */
const { forgeries: FORGERIES, seed: SEED } = formOf({ forgeries: 2, seed: 1 });
const PATIENCE = 300_000 + 10_000 * FORGERIES;
const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
const HERE = { '/hostile/': fileURLToPath(new URL('.', import.meta.url)) };

test('items that mean harm, in Node', { timeout: PATIENCE }, async (t) => {
  const storage = 'memory://items';
  const given = { openUnit, createFetch, connect, generateWallet, createDataItemSigner, storage, module: MODULE };
  const staged = await stageItems(given);
  const { process, unit } = staged;
  const [{ owner }] = await unit.processes();
  await tryAll(t, { process, owner }, (name, items) => ({ disown, refuseAll, replayAll, unmask })[name](staged, items));
  await unit.close();
});

test('items that mean harm, in a page', { timeout: PATIENCE }, (t) =>
  withBrowser(
    async ({ page, origin, complaints }) => {
      await page.goto(`${origin}/hostile/items.html`);
      await page.waitForFunction(() => globalThis.items !== undefined);
      const { process, owner } = await page.evaluate((module) => items.open(module), MODULE);
      const inPage = (name, hands) =>
        page.evaluate(([name, hands]) => items.run(name, hands), [
          name,
          hands.map((hand) => ({ ...hand, item: Buffer.from(hand.item).toString('base64') })),
        ]);
      await tryAll(t, { process, owner }, inPage);
      assert.deepEqual(complaints.filter((text) => !/status of 4\d\d/.test(text)), []);
    },
    { folders: { ...HERE, ...FOLDERS } },
  ),
);

async function tryAll(t, { process, owner }, run) {
  const messages = await messagesTo(process, 'first');

  await t.test('what the fuzzer made is refused', async (t) => {
    const hands = corpora();
    assert.ok(hands.length > 200);
    const { wrong, codes } = await run('refuseAll', hands);
    t.diagnostic(JSON.stringify(codes));
    assert.deepEqual(wrong, []);
  });

  await t.test('an item of any type in which a bit was changed is refused', async (t) => {
    const { wrong, codes } = await run('refuseAll', forged(messages, chance(SEED), FORGERIES));
    t.diagnostic(JSON.stringify(codes));
    assert.deepEqual(wrong, []);
  });

  await t.test('an item with the signature of another, or cut off anywhere, is refused', async () => {
    const others = await messagesTo(process, 'other');
    const swapped = messages.map(({ what, item }, i) => {
      const changed = item.slice();
      // The signature begins behind the type; the shortest has 64 bytes.
      changed.set(others[i].item.slice(2, 66), 2);
      return { what: `${what} with another signature`, item: changed };
    });
    const cut = messages.flatMap(({ what, item }) =>
      [0, 1, 2, 60, 200, item.length - 2].map((length) => ({ what: `${length} bytes of ${what}`, item: item.slice(0, length) })),
    );
    const { wrong } = await run('refuseAll', [...swapped, ...cut]);
    assert.deepEqual(wrong, []);
  });

  await t.test('an item that comes often is in the log once', async () => {
    assert.deepEqual(await run('replayAll', messages), []);
  });

  await t.test('whatever an item says of its sender, it is its signer’s', async () => {
    assert.deepEqual(await run('unmask', await claimsOf(process, owner)), []);
  });

  await t.test('whatever a spawn says of its owner, the process is its signer’s', async () => {
    assert.deepEqual(await run('disown', await spawnsOf(MODULE, owner)), []);
  });
}
