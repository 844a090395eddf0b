import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createDataItemSigner, createSigner } from '../build/signer.js';
import { generateWallet } from '../build/wallet.js';
import { UnitError } from '../build/error.js';
import { fields, hash, id, key, raw, sealer, sign } from './sealer.js';

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

/** What wallets in use say when their user would not. */
const REFUSALS = [
  new Error('User cancelled the AuthRequest'),
  new Error('User rejected the signature request'),
  new Error('MetaMask Tx Signature: User denied transaction signature.'),
  new Error('Connection canceled by user'),
  new Error('Login popup was cancelled'),
  new Error('Popup closed'),
  { code: 4001, message: 'no' },
  { code: 'ACTION_REJECTED', message: 'no' },
  { code: 5000, message: 'no' },
  'User cancelled the login.',
  'connection refused',
  'declined',
];

/** What says no as well, but not for the user. */
const FAILURES = [
  new Error('connect ECONNREFUSED 127.0.0.1'),
  new Error('net::ERR_CONNECTION_REFUSED'),
  new Error('Transaction rejected: nonce too low'),
  new Error('Permission denied for origin'),
  new Error('The operation was cancelled due to timeout'),
  new Error('Invalid password'),
  new TypeError("Cannot read properties of undefined (reading 'x')"),
  { code: -32002, message: "Request of type 'wallet_requestPermissions' already pending" },
  { code: 4900, message: 'Disconnected from all chains' },
  { code: 4100, message: 'Unauthorized' },
  { code: -32603, message: 'Internal JSON-RPC error' },
  'not implemented',
];

test('a refusal is told from a failure by its words or its number, whatever was asked for', async () => {
  for (const [list, code] of [[REFUSALS, 'WALLET_REFUSED'], [FAILURES, 'WALLET_FAILED']]) {
    for (const thrown of list) {
      for (const when of ['connecting', 'signing']) {
        const error = await failure({ [when]: thrown });
        const expected = [code, thrown.message ?? thrown, thrown];
        assert.deepEqual([error.code, error.message, error.cause], expected, `${when}: ${thrown.message ?? thrown}`);
      }
    }
  }
});

test('a wallet that fails without a word is said to have given no reason', async () => {
  for (const signing of [{}, '', Symbol('no'), { message: 5 }]) {
    const { code, message } = await failure({ signing });
    assert.deepEqual([code, message], ['WALLET_FAILED', 'the wallet failed and gave no reason']);
  }
});

test('an answer that is no item is a failure of the wallet, and Beacon’s word for a refusal is a refusal', async () => {
  const declined = Buffer.from('declined', 'base64url');
  for (const [answer, code, message] of [
    [undefined, 'WALLET_FAILED', 'the wallet answered undefined instead of a data item'],
    [Symbol('no'), 'WALLET_FAILED', 'the wallet answered Symbol(no) instead of a data item'],
    [Object.create(null), 'WALLET_FAILED', 'the wallet answered an Object instead of a data item'],
    [[1000, 2000], 'WALLET_FAILED', 'the wallet answered an array of 2 instead of a data item'],
    [['a', {}], 'WALLET_FAILED', 'the wallet answered an array of 2 instead of a data item'],
    ['text', 'WALLET_FAILED', "the wallet answered 'text' instead of a data item"],
    [new Uint8Array(3), 'WALLET_FAILED', 'the wallet answered 3 bytes that are no data item'],
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
  const foreign = runInNewContext('Uint8Array.from(bytes).buffer', { bytes: [...raw] });
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

test('a signer passes through', () => {
  const signer = async () => ({ id: '', raw });
  assert.equal(createDataItemSigner(signer), signer);
  assert.equal(createSigner, createDataItemSigner);
});

test('the id of what a wallet signed is the item’s, whatever kind of key the wallet has', async () => {
  const create = Object.assign(async () => fields, fields);
  const signed = await createDataItemSigner({ signDataItem: async () => raw })(create, 'ans104');
  assert.equal(signed.id, id);
});
