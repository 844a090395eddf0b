// Fields to be signed, an item that is signed, and a unit that notes what it is asked to seal.
import { createDataItem } from '../build/data-item.js';
import { signItem } from '../build/sign.js';
import { createDataItemSigner } from '../build/signer.js';
import { generateWallet } from '../build/wallet.js';

export const target = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
export const fields = { data: 'hello', tags: [{ name: 'A', value: '1' }], target, anchor: 'x'.repeat(32) };
export const hash = new Uint8Array(48).fill(7);
export const key = createDataItemSigner(await generateWallet({ keep: false }));
export const { id, raw } = await createDataItem(fields, key);

/** A unit that only notes what it is asked to seal. */
export function sealer() {
  const asked = [];
  return {
    asked,
    signingHash: async (...args) => (asked.push(['signingHash', ...args]), hash),
    sealItem: async (...args) => (asked.push(['sealItem', ...args]), raw.slice()),
  };
}

export const sign = (signer, unit = sealer()) => signItem(unit, signer, fields);
