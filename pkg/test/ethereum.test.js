// What is asked of an Ethereum wallet. tests/wallet has wallets that really sign.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createDataItemSigner } from '../build/index.js';
import { createEthereumSigner } from '../build/wallet.js';
import { signItem } from '../build/sign.js';

const ACCOUNT = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const SIGNATURE = `0x${'ab'.repeat(64)}1b`;
const hash = new Uint8Array(48).fill(7);
const raw = new Uint8Array(4);

/** A wallet that answers from `answers` by method, and notes what it is asked. */
function provider(answers) {
  const asked = [];
  const request = async ({ method, params }) => {
    asked.push([method, params]);
    const answer = answers[method];
    return typeof answer === 'function' ? answer() : answer;
  };
  return { asked, request };
}

/** Signs, and answers what the unit was asked to seal. */
async function sign(signer) {
  let sealed;
  const unit = { signingHash: async () => hash, sealItem: async (...args) => ((sealed = args), raw) };
  await signItem(unit, signer, { data: 'hello', tags: [] });
  return sealed;
}

test('typed data needs the address alone, and one prompt', async () => {
  for (const make of [createDataItemSigner, createEthereumSigner]) {
    const wallet = provider({ eth_requestAccounts: [ACCOUNT], eth_signTypedData_v4: SIGNATURE });
    const [fields, type, publicKey, signature] = await sign(make(wallet));
    assert.equal(type, 7);
    assert.equal(new TextDecoder().decode(publicKey), ACCOUNT.toLowerCase());
    assert.deepEqual(Buffer.from(signature).toString('hex'), SIGNATURE.slice(2));
    assert.match(fields.anchor, /^[\w-]{32}$/);
    const [[, none], [method, [account, json]]] = wallet.asked;
    assert.deepEqual([wallet.asked.length, none, method], [2, undefined, 'eth_signTypedData_v4']);
    assert.equal(account, ACCOUNT.toLowerCase());
    const { primaryType, domain, message } = JSON.parse(json);
    assert.deepEqual([primaryType, domain], ['Bundlr', { name: 'Bundlr', version: '1' }]);
    assert.deepEqual(message, { 'Transaction hash': `0x${'07'.repeat(48)}`, address: ACCOUNT.toLowerCase() });
  }
});

test('a wallet is asked for its accounts once by signatures at the same time', async () => {
  const wallet = provider({ eth_requestAccounts: [ACCOUNT], eth_signTypedData_v4: SIGNATURE });
  const signer = createEthereumSigner(wallet);
  await Promise.all([sign(signer), sign(signer)]);
  assert.equal(wallet.asked.filter(([method]) => method === 'eth_requestAccounts').length, 1);
});

test('what the user refuses is a refusal, and what goes wrong is a failure', async () => {
  const throws = (thrown) => () => Promise.reject(thrown);
  const refusal = { code: 4001, message: 'MetaMask: User said no' };
  for (const [answers, code, message] of [
    [{ eth_requestAccounts: throws(refusal) }, 'WALLET_REFUSED', refusal.message],
    [{ eth_requestAccounts: [ACCOUNT], eth_signTypedData_v4: throws(refusal) }, 'WALLET_REFUSED', refusal.message],
    [
      { eth_requestAccounts: [ACCOUNT], eth_signTypedData_v4: throws({ code: -32603, message: 'Internal error' }) },
      'WALLET_FAILED',
      'Internal error',
    ],
    // Asking for permission may fail without anybody having refused it.
    [
      { eth_requestAccounts: throws({ code: -32002, message: 'Request already pending' }) },
      'WALLET_FAILED',
      'Request already pending',
    ],
    [{ eth_requestAccounts: throws({ code: 4900, message: 'Disconnected' }) }, 'WALLET_FAILED', 'Disconnected'],
    [{ eth_requestAccounts: [] }, 'WALLET_FAILED', 'the Ethereum wallet named no account'],
    [{ eth_requestAccounts: undefined }, 'WALLET_FAILED', 'the Ethereum wallet named no account'],
    [{ eth_requestAccounts: ['0x12'] }, 'WALLET_FAILED', "the Ethereum wallet named '0x12', which is no account"],
    [{ eth_requestAccounts: [5] }, 'WALLET_FAILED', 'the Ethereum wallet named 5, which is no account'],
    [{ eth_requestAccounts: [ACCOUNT], eth_signTypedData_v4: Symbol('s') }, 'WALLET_FAILED', /Symbol\(s\), which is no/],
    [{ eth_requestAccounts: [ACCOUNT], eth_signTypedData_v4: Object.create(null) }, 'WALLET_FAILED', /an Object, which/],
    [{ eth_requestAccounts: [ACCOUNT], eth_signTypedData_v4: '0x1234' }, 'WALLET_FAILED', /'0x1234', which is no signature/],
    [{ eth_requestAccounts: [ACCOUNT] }, 'WALLET_FAILED', /undefined, which is no signature/],
  ]) {
    await assert.rejects(sign(createEthereumSigner(provider(answers))), { code, message });
  }
});

test('whoever seals the item recovers the key that a personal message needs, and once', async () => {
  const [text, key] = ['Signing this shows your public key', new Uint8Array(65).fill(4)];
  const account = `0x${'12'.repeat(20)}`;
  const wallet = provider({ eth_requestAccounts: [account], personal_sign: SIGNATURE });
  const recovered = [];
  const unit = {
    signingHash: async (fields, type, publicKey) => (assert.deepEqual([type, publicKey], [3, key]), hash),
    sealItem: async () => raw,
    recoverEthereumKey: async (...args) => (recovered.push(args), { publicKey: key, address: account.toUpperCase() }),
  };
  const signer = createEthereumSigner(wallet, { type: 3 });
  for (const data of ['one', 'two']) await signItem(unit, signer, { data, tags: [] });
  assert.equal(recovered.length, 1);
  const [[message, signature]] = recovered;
  assert.ok(new TextDecoder().decode(message).startsWith(text));
  assert.equal(Buffer.from(signature).toString('hex'), SIGNATURE.slice(2));
});

test('other types than 7 and 3 are refused at once', () => {
  assert.throws(() => createEthereumSigner(provider({}), { type: 1 }), { name: 'RangeError', message: /7 or 3, not 1/ });
});
