import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createDataItemSigner, createSigner } from '../dist/signer.js';
import { signItem } from '../dist/sign.js';
import { generateWallet } from '../dist/wallet.js';
import { UnitError } from '../dist/error.js';

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
  for (const [type, code, length] of [['arweave', 1, 512], ['ed25519', 2, 64]]) {
    const wallet = await generateWallet({ type, keep: false });
    const unit = sealer();
    assert.deepEqual(await sign(createDataItemSigner(wallet), unit), raw);
    const [, sealed, signatureType, publicKey, signature] = unit.asked[1];
    assert.deepEqual(unit.asked[0], ['signingHash', fields, code, wallet.publicKey]);
    assert.deepEqual([sealed, signatureType, publicKey], [fields, code, wallet.publicKey]);
    assert.equal(signature.length, length);
  }
});

test('whatever signs and has a public key is taken for an Arweave key, unless it says otherwise', async () => {
  const unit = sealer();
  const holder = { address: 'a', publicKey: new Uint8Array(512), sign: async () => new Uint8Array(512) };
  await sign(createDataItemSigner(holder), unit);
  assert.equal(unit.asked[0][2], 1);
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

/** What signing comes to, when the wallet throws `thrown` as it is to give permission, or to sign. */
async function failure({ connecting, signing }) {
  const wallet = {
    connect: () => (connecting === undefined ? undefined : Promise.reject(connecting)),
    signDataItem: () => Promise.reject(signing ?? assert.fail('not without permission')),
  };
  const unit = sealer();
  const error = await sign(createDataItemSigner(wallet), unit).then(() => assert.fail('it signed'), (thrown) => thrown);
  assert.ok(error instanceof UnitError);
  assert.deepEqual(unit.asked, []);
  return error;
}

test('permission that is not given is a refusal, in the words of the wallet', async () => {
  const cancelled = new Error('User cancelled the AuthRequest');
  for (const connecting of [cancelled, new Error('closed'), 'closed', { message: 'closed' }]) {
    const { code, message, cause } = await failure({ connecting });
    assert.deepEqual([code, message], ['WALLET_REFUSED', connecting.message ?? connecting]);
    assert.equal(cause, connecting);
  }
});

test('a refusal to sign is told from a failure by its words or its number', async () => {
  for (const [signing, code, message] of [
    [new Error('User rejected the signature request'), 'WALLET_REFUSED', 'User rejected the signature request'],
    [{ code: 4001, message: 'MetaMask Tx Signature' }, 'WALLET_REFUSED', 'MetaMask Tx Signature'],
    ['declined', 'WALLET_REFUSED', 'declined'],
    [new Error('Invalid password'), 'WALLET_FAILED', 'Invalid password'],
    ['not implemented', 'WALLET_FAILED', 'not implemented'],
    [{}, 'WALLET_FAILED', 'the wallet failed and gave no reason'],
  ]) {
    const error = await failure({ signing });
    assert.deepEqual([error.code, error.message, error.cause], [code, message, signing]);
  }
});

test('an answer that is no item is a failure of the wallet, and Beacon’s word for a refusal is a refusal', async () => {
  const declined = Buffer.from('declined', 'base64url');
  for (const [answer, code, message] of [
    [undefined, 'WALLET_FAILED', 'the wallet answered undefined instead of a data item'],
    [new Error('Disconnected before response was received'), 'WALLET_FAILED', /^Disconnected/],
    [declined, 'WALLET_REFUSED', 'the wallet declined to sign'],
  ]) {
    await assert.rejects(sign(createDataItemSigner({ signDataItem: async () => answer })), { code, message });
  }
});

test('a wallet gets tags of its own, with which it may do as it likes', async () => {
  const signDataItem = async ({ tags }) => {
    tags.push({ name: 'Signing-Client', value: 'w' });
    tags[0].value = '2';
    return raw;
  };
  await sign(createDataItemSigner({ signDataItem }));
  assert.deepEqual(fields.tags, [{ name: 'A', value: '1' }]);
});

test('a wallet is asked for permission once by signatures at the same time, and again later', async () => {
  let asked = 0;
  const wallet = { connect: async () => void asked++, signDataItem: async () => raw };
  const signer = createDataItemSigner(wallet);
  await Promise.all([sign(signer), sign(signer)]);
  assert.equal(asked, 1);
  await sign(signer);
  assert.equal(asked, 2);
});

test('bytes of another window are bytes', async () => {
  const { runInNewContext } = await import('node:vm');
  const foreign = runInNewContext('new Uint8Array(600).fill(9).buffer');
  assert.ok(!(foreign instanceof ArrayBuffer));
  assert.deepEqual(await sign(createDataItemSigner({ signDataItem: async () => foreign })), raw);
});

test('what is no wallet is told so when it should sign, not before', async () => {
  for (const [wallet, message] of [
    [undefined, /^there is no wallet, but undefined: is the extension there/],
    [null, /^there is no wallet, but null/],
    ['{"kty":"RSA"}', /JSON\.parse/],
    [7, /the wallet is number/],
    [{}, /^the wallet has no signDataItem/],
    // What Arweave.app injects.
    [{ walletName: 'ArConnect', connect: () => 'address', sign() {} }, /“ArConnect” has no signDataItem.*ArweaveWebWallet/],
  ]) {
    await assert.rejects(sign(createDataItemSigner(wallet)), { code: 'WALLET_UNSUITABLE', message });
  }
});

test('a signature that is the same each time gets an anchor of its own, unless there is one', async () => {
  const { anchor, ...bare } = fields;
  const anchors = [];
  for (const type of [1, 2, 3, 4, 7, 7]) {
    const unit = sealer();
    const signer = async (create) => {
      await create({ publicKey: new Uint8Array(32), type });
      await create({ publicKey: new Uint8Array(32), type });
      return { signature: new Uint8Array(64) };
    };
    await signItem(unit, signer, bare);
    const seen = new Set(unit.asked.map(([, { anchor }]) => anchor));
    assert.equal(seen.size, 1, 'what is hashed is what is sealed');
    anchors.push(...seen);
    await signItem(unit, signer, fields);
    assert.equal(unit.asked.at(-1)[1].anchor, anchor);
  }
  assert.equal(anchors[0], undefined);
  for (const anchor of anchors.slice(1)) assert.match(anchor, /^[\w-]{32}$/);
  assert.equal(new Set(anchors).size, anchors.length);
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
  const inHex = `0x${Buffer.from(key).toString('hex')}`;
  for (const publicKey of [key, key.buffer, Buffer.from(key).toString('base64url'), inHex]) {
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
