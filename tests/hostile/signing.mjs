// Items of every signature type, as arbundles signs them: in Node. Keys are for tests alone.

import { readFileSync, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
// Not `@dha-team/arbundles/node`: that one imports `axios`, without depending on it.
import {
  ArweaveSigner, createData, EthereumSigner, HexSolanaSigner, SolanaSigner, TypedEthereumSigner,
} from '@dha-team/arbundles/build/node/esm/src/index';

const require = createRequire(import.meta.resolve('@dha-team/arbundles/build/node/esm/src/index'));
const bs58 = require('bs58');
const { getPublicKey } = require('@noble/ed25519');
const { computeAddress } = require('@ethersproject/transactions');

const jwk = JSON.parse(readFileSync(new URL('../vectors/arweave-key.json', import.meta.url), 'utf8'));
const seed = Buffer.from([...Array(32).keys()].map((byte) => byte + 7));
const ed25519 = bs58.encode(Buffer.concat([seed, await getPublicKey(seed)]));
const hex = '0123456789abcdef'.repeat(4);

const signers = {
  Arweave: new ArweaveSigner(jwk),
  Ed25519: new SolanaSigner(ed25519),
  Ethereum: new EthereumSigner(hex),
  Solana: new HexSolanaSigner(ed25519),
  'typed Ethereum': new TypedEthereumSigner(hex),
};

/** The address by which ao knows the owner. */
function addressOf(name, owner) {
  if (name === 'Ethereum') return computeAddress(owner);
  if (name === 'typed Ethereum') return computeAddress(`0x${hex}`);
  return createHash('sha256').update(owner).digest('base64url');
}

const AO = { 'Data-Protocol': 'ao', Variant: 'ao.TN.1', Type: 'Message', SDK: 'aoconnect' };
const tagsOf = (named) => Object.entries(named).map(([name, value]) => ({ name, value }));

async function signed(name, { target, data = 'x', tags, anchor }) {
  const signer = signers[name];
  const item = createData(data, signer, { target, tags, anchor: anchor ?? 'a'.repeat(32) });
  await item.sign(signer);
  return { what: `an item of ${name}`, item: new Uint8Array(item.getRaw()), address: addressOf(name, item.rawOwner) };
}

/** A message of each type to `process`, each another one by its `key`. */
export function messagesTo(process, key) {
  const names = Object.keys(signers);
  return Promise.all(
    names.map((name) => signed(name, { target: process, tags: tagsOf({ ...AO, Action: 'Hear', Key: `${key}-${name}` }) })),
  );
}

/** Messages and evaluations that pose as those of `owner`, or of `process` itself. */
export async function claimsOf(process, owner) {
  const poses = {
    'that names another sender': tagsOf({ From: owner, Owner: owner, 'From-Process': process, 'From-Module': owner }),
    'that was forwarded': tagsOf({ 'Forwarded-By': owner, 'Forwarded-For': owner, 'X-Origin': owner, 'Pushed-For': process }),
    'that names its own nonce': tagsOf({ Nonce: '0', Epoch: '0', 'Hash-Chain': owner, Timestamp: '1', 'Block-Height': '1', Message: process }),
    'with tags twice': [...tagsOf({ From: owner, 'From-Process': process }), ...tagsOf({ From: process, 'From-Process': owner })],
  };
  const claims = [];
  for (const name of Object.keys(signers)) {
    for (const [pose, tags] of Object.entries(poses)) {
      const message = await signed(name, { target: process, tags: [...tagsOf({ ...AO, Action: 'Hear' }), ...tags] });
      claims.push({ ...message, what: `a message of ${name} ${pose}`, isHeard: true });
      const evaluation = { target: process, data: "Secret = 'owned'", tags: [...tagsOf({ ...AO, Action: 'Eval' }), ...tags] };
      claims.push({ ...(await signed(name, evaluation)), what: `an evaluation of ${name} ${pose}`, isHeard: false });
    }
  }
  return claims;
}

/** Spawns of each type that say they are `owner`'s; the second of each also as processes say who made what they spawn. */
export async function spawnsOf(module, owner) {
  const spawns = [];
  for (const name of Object.keys(signers)) {
    const tags = tagsOf({ ...AO, Type: 'Process', Module: module, Owner: owner, From: owner, Scheduler: owner, Authority: owner });
    spawns.push(await signed(name, { tags, data: '1984' }));
    const given = await signed(name, { tags: [...tags, ...tagsOf({ 'From-Process': owner })], data: '1984' });
    spawns.push({ ...given, heir: owner });
  }
  return spawns;
}

/** The corpora of the fuzzer: bytes that reached something in what reads items. */
export function corpora() {
  return ['item', 'tags', 'bundle'].flatMap((kind) => {
    const folder = new URL(`../../crate/data-item/fuzz/corpus/${kind}/`, import.meta.url);
    return readdirSync(folder).map((file) => ({
      what: `${kind}/${file}`,
      item: new Uint8Array(readFileSync(new URL(file, folder))),
    }));
  });
}
