import { encodeBase64Url, decodeBase64Url } from './base64url.js';
import { decodeHex, isBytes, toBytes } from './bytes.js';
import type { UnitApi } from './protocol.js';
import type { Create, CreateOptions, Signed, Signer } from './signer.js';
import type { ItemFields } from './types.js';

/** What lays an item out and puts the signature into it: a unit, or its wasm. */
export type Sealer = Pick<UnitApi, 'signingHash' | 'sealItem'>;

/** What is to be signed, and by whom: known once the signer has called `create`. */
interface Draft {
  fields: ItemFields;
  type: number;
  publicKey: Uint8Array;
}

/** The signature type that is not deterministic: RSA-PSS has a random salt. */
const ARWEAVE = 1;

/**
 * Has `signer` sign an item. Every generation of signer is served: those that sign the hash that `create` resolves to,
 * those that build the item from what `create` passes through, and those that read the fields off their argument.
 *
 * @returns the raw item, in memory of its own: it may be transferred.
 */
export async function signItem(sealer: Sealer, signer: Signer, fields: ItemFields): Promise<Uint8Array> {
  let draft: Draft | undefined;
  const { data, target, anchor } = fields;
  // Copies, because there are wallets that append tags of their own to what they are given.
  const bare = () => ({ data, tags: fields.tags.map(({ name, value }) => ({ name, value })), target, anchor });
  const anchored = { ...fields, anchor: anchor ?? randomAnchor() };
  const hash = (options: CreateOptions) => {
    const type = options.type ?? ARWEAVE;
    draft = { fields: type === ARWEAVE ? fields : anchored, type, publicKey: publicKeyOf(options) };
    return sealer.signingHash(draft.fields, type, draft.publicKey);
  };
  const create = async (options: CreateOptions) => (options.passthrough ? bare() : hash(options));

  const signed = (await signer(Object.assign(create, bare()) as Create, 'ans104')) as Partial<Signed>;
  if ('raw' in signed && signed.raw) return toBytes(signed.raw).slice();
  if (!draft) throw new Error('create() must be invoked in order to construct the data to sign');
  if (!('signature' in signed && signed.signature)) throw new Error('signer must return its signature and address');
  return sealer.sealItem(draft.fields, draft.type, draft.publicKey, bytesOf(signed.signature));
}

/** 32 characters, 192 bits: without it, the same words signed twice by a deterministic key would have one id. */
function randomAnchor(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(24)));
}

function publicKeyOf({ publicKey }: CreateOptions): Uint8Array {
  return bytesOf(publicKey);
}

function bytesOf(value: unknown): Uint8Array {
  if (typeof value === 'string') return decodeHex(value) ?? decodeBase64Url(value);
  if (isBytes(value)) return toBytes(value);
  throw new TypeError('Unexpected type. Value must be one of Uint8Array, ArrayBuffer, or base64url-encoded string');
}
