// A key, and what signs with it, as the two libraries and their users have it.

import { createDataItemSigner } from 'ao-unit';
import { createDataItem } from 'ao-unit/data-item';
import { exportWallet, generateWallet } from 'ao-unit/wallet';

const wallet = await generateWallet({ type: 'arweave', extractable: true, keep: false });
const { address, publicKey } = wallet;
const jwk = await exportWallet(wallet);

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
