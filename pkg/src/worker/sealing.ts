import { sealItem, signingHash } from '../wasm/unit.js';
import { encodeBase64Url } from '../base64url.js';
import { randomAnchor } from '../sign.js';
import { sha256 } from '../subtle.js';
import { SIGNATURE_TYPE, signWithPair, type KeyPair } from '../wallets/key.js';
import type { ItemFields, Tag } from '../types.js';

/** What is sealed. A target or an anchor that is empty is none. */
export interface Sealable {
  data: string | Uint8Array;
  tags: Tag[];
  target: string;
  anchor: string | null;
}

export interface SealedItem {
  id: string;
  raw: Uint8Array;
}

/** Makes a signed data item. An anchor that is not 32 bytes, as an item's must be, becomes a tag. */
export async function sealed({ data, tags, target, anchor }: Sealable, key: KeyPair): Promise<SealedItem> {
  const fits = anchor !== null && new TextEncoder().encode(anchor).length === ANCHOR_BYTES;
  const fields: ItemFields = {
    data,
    tags: anchor && !fits ? [...tags, { name: 'Anchor', value: anchor }] : tags,
    anchor: fits ? anchor : randomAnchor(),
    ...(target !== '' && { target }),
  };
  const type = SIGNATURE_TYPE[key.type];
  const signature = await signWithPair(key, signingHash(fields, type, key.publicKey));
  const raw = sealItem(fields, type, key.publicKey, signature);
  return { id: encodeBase64Url(await sha256(signature)), raw };
}

const ANCHOR_BYTES = 32;
