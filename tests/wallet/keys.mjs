// Who signs for the stubs of wallets: arbundles and ethers, in Node. The page calls it as `window.signItem` and
// `window.signEthereum`; bytes cross as base64url.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
// Not `@dha-team/arbundles/node`: that one imports `axios`, without depending on it.
import { ArweaveSigner, createData } from '@dha-team/arbundles/build/node/esm/src/index';

// What arbundles itself depends on is found from where it is.
const require = createRequire(import.meta.resolve('@dha-team/arbundles/build/node/esm/src/index'));
const { Wallet } = require('@ethersproject/wallet');

/** An Arweave key, for tests alone. */
export const jwk = JSON.parse(readFileSync(new URL('../vectors/arweave-key.json', import.meta.url), 'utf8'));
const arweave = new ArweaveSigner(jwk);
const ethereum = new Wallet(`0x${'0123456789abcdef'.repeat(4)}`);

/** The address of the Ethereum account, with the capitals of its checksum. */
export const account = ethereum.address;

/** Lets the scripts of `page` have things signed. */
export async function exposeKeys(page) {
  await page.exposeFunction('signItem', signItem);
  await page.exposeFunction('signEthereum', signEthereum);
  await page.exposeFunction('ethereumAccount', () => account);
}

/** The raw data item, as arbundles makes it. */
async function signItem({ data, tags, target, anchor }) {
  const item = createData(Buffer.from(data, 'base64url'), arweave, { tags, target, anchor });
  await item.sign(arweave);
  assert(await item.isValid());
  return item.getRaw().toString('base64url');
}

/** What an Ethereum wallet answers to a request to sign. */
async function signEthereum({ method, params }) {
  if (method === 'personal_sign') return ethereum.signMessage(Buffer.from(params[0].slice(2), 'hex'));
  assert.equal(method, 'eth_signTypedData_v4');
  const { domain, types, primaryType, message } = JSON.parse(params[1]);
  const { EIP712Domain, ...own } = types;
  assert.deepEqual([primaryType, EIP712Domain.map(({ name }) => name)], ['Bundlr', Object.keys(domain)]);
  return ethereum._signTypedData(domain, own, message);
}
