import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createDataItemSigner, createSigner } from '../dist/signer.js';
import { signItem } from '../dist/sign.js';
import { generateWallet } from '../dist/wallet.js';

const fields = { data: 'hello', tags: [{ name: 'A', value: '1' }], target: 'T', anchor: 'x' };
const hash = new Uint8Array(48).fill(7);
const raw = new Uint8Array(600).fill(9);

/** A unit that only notes what it is asked to seal. */
function sealer() {
  const asked = [];
  return {
    asked,
    signingHash: async (...args) => (asked.push(['signingHash', ...args]), hash),
    sealItem: async (...args) => (asked.push(['sealItem', ...args]), raw.slice()),
  };
}

const sign = (signer, unit = sealer()) => signItem(unit, signer, fields);

test('a generated wallet signs the hash', async () => {
  const wallet = await generateWallet();
  assert.match(wallet.address, /^[\w-]{43}$/);
  assert.equal(wallet.publicKey.length, 512);
  const unit = sealer();
  assert.deepEqual(await sign(createDataItemSigner(wallet), unit), raw);
  const [, sealed, type, publicKey, signature] = unit.asked[1];
  assert.deepEqual(unit.asked[0], ['signingHash', fields, 1, wallet.publicKey]);
  assert.deepEqual([sealed, type, publicKey], [fields, 1, wallet.publicKey]);
  assert.equal(signature.length, 512);
});

test('a wallet extension builds the item itself', async () => {
  const calls = [];
  const wallet = {
    connect: async (permissions) => calls.push(permissions),
    signDataItem: async (item) => (calls.push(item), raw.buffer),
  };
  assert.deepEqual(await sign(createDataItemSigner(wallet)), raw);
  assert.deepEqual(calls, [['SIGN_TRANSACTION'], fields]);
});

test('a wallet may connect at once, or not at all, and answer a view or an array', async () => {
  const view = new Uint8Array([0, ...raw]).subarray(1);
  for (const wallet of [
    { connect: () => 'address', signDataItem: async () => view },
    { signDataItem: async () => [...raw] },
  ]) {
    const item = await sign(createDataItemSigner(wallet));
    assert.deepEqual(item, raw);
    assert.notEqual(item.buffer, view.buffer);
  }
});

test('a refusal of the wallet reaches the caller as it is', async () => {
  const wallet = {
    connect: async () => {
      throw new Error('User cancelled the AuthRequest');
    },
    signDataItem: () => assert.fail('not without permission'),
  };
  await assert.rejects(sign(createDataItemSigner(wallet)), { message: 'User cancelled the AuthRequest' });
});

test('a wallet that is missing fails when it should sign, not before', async () => {
  const signer = createDataItemSigner(undefined);
  await assert.rejects(sign(signer), { name: 'TypeError', message: /wallet/ });
});

test('a signer passes through', () => {
  const signer = async () => ({ id: '', raw });
  assert.equal(createDataItemSigner(signer), signer);
  assert.equal(createSigner, createDataItemSigner);
});

test('signers of the first generation read the fields off their argument', async () => {
  let seen;
  const item = await sign(async ({ data, tags, target, anchor }) => {
    seen = { data, tags, target, anchor };
    return { id: 'id', raw };
  });
  assert.deepEqual(item, raw);
  assert.deepEqual(seen, fields);
});

test('signers of the second generation ask for the hash, with a key in any form', async () => {
  const key = new Uint8Array(65).fill(4);
  for (const publicKey of [key, key.buffer, Buffer.from(key).toString('base64url')]) {
    const unit = sealer();
    let kindSeen;
    await sign(async (create, kind) => {
      kindSeen = kind;
      assert.deepEqual(await create({ publicKey, type: 3 }), hash);
      return { signature: new Uint8Array([1]), address: 'a' };
    }, unit);
    assert.equal(kindSeen, 'ans104');
    assert.deepEqual(unit.asked, [
      ['signingHash', fields, 3, key],
      ['sealItem', fields, 3, key, new Uint8Array([1])],
    ]);
  }
});

test('a signer that does not keep its side is told so', async () => {
  const signature = new Uint8Array(1);
  await assert.rejects(sign(async () => ({ signature })), {
    message: 'create() must be invoked in order to construct the data to sign',
  });
  await assert.rejects(sign(async (create) => (await create({ publicKey: signature }), {})), {
    message: 'signer must return its signature and address',
  });
  await assert.rejects(sign(async (create) => create({})), {
    message: 'Unexpected type. Value must be one of Uint8Array, ArrayBuffer, or base64url-encoded string',
  });
});
