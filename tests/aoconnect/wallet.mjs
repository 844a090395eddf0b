// A key, and what signs with it, as the two libraries and their users have it.

import { readFileSync } from 'node:fs';
import { createDataItemSigner } from 'ao-unit';
import { createDataItem } from 'ao-unit/data-item';
import { importWallet } from 'ao-unit/wallet';

// The same key each time, so that its address may stand in what is recorded.
const jwk = JSON.parse(readFileSync(new URL('../vectors/arweave-key.json', import.meta.url), 'utf8'));
const wallet = await importWallet(jwk, { keep: false });
const { address, publicKey } = wallet;

/** What the steps of a scenario sign with. */
export function signers(library, other) {
  return {
    address,
    signer: library.createDataItemSigner(jwk),
    /** A signer of the other library. */
    foreign: other.createDataItemSigner(jwk),
    /** Builds the whole item, as a wallet does. */
    build: ({ data, tags, target, anchor }) => createDataItem({ data, tags, target, anchor }, createDataItemSigner(jwk)),
    /** Signs the hash, with the key in a form of the caller's. */
    second: (form = (key) => key) => async (create, kind) => {
      if (kind !== 'ans104') throw new Error(`the kind is ${kind}`);
      const hash = await create({ publicKey: form(publicKey), type: 1, alg: 'rsa-v1_5-sha256' });
      return { signature: await wallet.sign(hash), address };
    },
  };
}
