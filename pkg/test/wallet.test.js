// In Node there is no IndexedDB: wallets are in memory. tests/wallet has the same in a browser, across reloads.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createDataItem, verifyDataItem } from '../build/data-item.js';
import { createDataItemSigner } from '../build/signer.js';
import {
  exportWallet,
  generateWallet,
  importWallet,
  listWallets,
  pageWallet,
  removeWallet,
  renameWallet,
} from '../build/wallet.js';

const ABSENT = 'x'.repeat(43);

test('a wallet is Ed25519, unless it is to be an Arweave wallet', async () => {
  const one = await generateWallet();
  assert.deepEqual([one.type, one.signatureType, one.publicKey.length], ['ed25519', 2, 32]);
  assert.match(one.address, /^[\w-]{43}$/);
  const other = await generateWallet({ type: 'arweave', keep: false });
  assert.deepEqual([other.type, other.signatureType, other.publicKey.length], ['arweave', 1, 512]);
  for (const type of ['rsa', 'toString', '__proto__', null]) {
    await assert.rejects(generateWallet({ type }), { name: 'RangeError', message: /^a wallet is of type/ });
  }
});

test('wallets are listed, named and removed', async () => {
  const alice = await generateWallet({ name: 'Alice' });
  const passing = await generateWallet({ name: 'Passing', keep: false });
  assert.deepEqual((await named(alice)).name, 'Alice');
  assert.equal(await named(passing), undefined);

  await renameWallet(alice, 'Alice the second');
  assert.equal((await named(alice)).name, 'Alice the second');
  await renameWallet(alice.address, null);
  assert.equal((await named(alice)).name, null);

  await removeWallet(alice);
  assert.equal(await named(alice), undefined);
  for (const call of [renameWallet(alice, 'x'), removeWallet(alice), removeWallet(ABSENT), exportWallet(ABSENT)]) {
    await assert.rejects(call, { code: 'WALLET_NOT_FOUND', message: /is not kept here/ });
  }
});

test('a wallet that was made to be exported is the same when it is imported', async () => {
  for (const type of ['arweave', 'ed25519']) {
    const wallet = await generateWallet({ type, extractable: true, keep: false });
    const jwk = await exportWallet(wallet);
    const names = type === 'arweave' ? ['kty', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] : ['kty', 'crv', 'x', 'd'];
    assert.deepEqual(Object.keys(jwk), names);
    const again = await importWallet(JSON.parse(JSON.stringify(jwk)), { name: 'Again' });
    assert.deepEqual([again.address, again.publicKey, again.name], [wallet.address, wallet.publicKey, 'Again']);
    await assert.rejects(exportWallet(again), { code: 'WALLET_NOT_EXTRACTABLE' });
    // Imported once more, it may be exported: the one that was kept is replaced.
    await importWallet(jwk, { extractable: true });
    assert.deepEqual(await exportWallet(again.address), jwk);
  }
});

test('other wallets cannot be exported, and no property of theirs holds the key', async () => {
  const wallet = await generateWallet({ keep: false });
  assert.equal(wallet.extractable, false);
  await assert.rejects(exportWallet(wallet), { code: 'WALLET_NOT_EXTRACTABLE', message: /extractable: true/ });
  assert.deepEqual(Object.values(wallet).filter((value) => value instanceof CryptoKey), []);
});

test('a wallet that is taken in again stays what it was, but for what the options name', async () => {
  const wallet = await generateWallet({ name: 'Alice', extractable: true });
  const jwk = await exportWallet(wallet);
  const later = await generateWallet({ name: 'later' });
  const order = async () => (await listWallets()).map(({ address }) => address);
  const before = await order();

  const again = await importWallet(jwk);
  assert.deepEqual([again.name, again.extractable], ['Alice', true]);
  assert.deepEqual(await order(), before, 'its age is what it was');
  assert.deepEqual(await exportWallet(wallet.address), jwk);

  const passing = await importWallet(jwk, { keep: false });
  assert.deepEqual([passing.name, passing.extractable], [null, false]);

  const renamed = await importWallet(jwk, { name: null, extractable: false });
  assert.deepEqual([renamed.name, renamed.extractable], [null, false]);
  await assert.rejects(exportWallet(wallet.address), { code: 'WALLET_NOT_EXTRACTABLE' });
  for (const address of [wallet.address, later.address]) await removeWallet(address);
});

test('the name of a wallet is text, or none', async () => {
  const wallet = await generateWallet({ keep: false, extractable: true });
  const jwk = await exportWallet(wallet);
  for (const name of [{ a: 1 }, 5, ['x']]) {
    for (const call of [generateWallet({ name }), importWallet(jwk, { name }), renameWallet(wallet, name)]) {
      await assert.rejects(call, { name: 'TypeError', message: /^the name of a wallet is text, or null for none, not/ });
    }
  }
});

test('what is no wallet has no key to export, and no name', async () => {
  for (const none of [null, undefined, 5, {}, Symbol('w')]) {
    for (const call of [exportWallet(none), renameWallet(none, 'x'), removeWallet(none)]) {
      await assert.rejects(call, { code: 'WALLET_NOT_FOUND', message: /is no wallet, and no address of one$/ });
    }
  }
});

test('whoever changes the bytes of a public key changes no wallet', async () => {
  const wallet = await generateWallet({ keep: false });
  const { publicKey } = wallet;
  wallet.publicKey.fill(0);
  assert.deepEqual(wallet.publicKey, publicKey);
  const { raw } = await createDataItem({ data: 'x' }, createDataItemSigner(wallet));
  assert.equal(await verifyDataItem(raw), true);
});

test('the page has one wallet of its own, however often it is asked for', async () => {
  const [one, other] = await Promise.all([pageWallet(), pageWallet()]);
  assert.equal(one.address, other.address);
  assert.equal((await pageWallet()).address, one.address);
  assert.equal((await named(one)).address, one.address);
  const stranger = await generateWallet();
  assert.deepEqual([one.isPageWallet, stranger.isPageWallet], [true, false]);
  assert.deepEqual((await listWallets()).filter(({ isPageWallet }) => isPageWallet).map(({ address }) => address), [one.address]);
  await removeWallet(one);
  assert.notEqual((await pageWallet()).address, one.address);
});

async function named({ address }) {
  return (await listWallets()).find((wallet) => wallet.address === address);
}
