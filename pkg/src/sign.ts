import { decodeBase64Url } from './base64url.js';
import { toBytes } from './signer.js';
import type { UnitApi } from './protocol.js';
import type { Create, CreateOptions, Signed, Signer } from './signer.js';
import type { ItemFields } from './types.js';

/** What of a unit signing needs. */
type Sealer = Pick<UnitApi, 'signingHash' | 'sealItem'>;

/** What the item is to be signed with: known once the signer has called `create`. */
interface Key {
  type: number;
  publicKey: Uint8Array;
}

/**
 * Has `signer` sign an item. Every generation of signer is served: those that sign the hash that `create` resolves to,
 * those that build the item from what `create` passes through, and those that read the fields off their argument.
 *
 * @returns the raw item, in memory of its own: it may be transferred.
 */
export async function signItem(unit: Sealer, signer: Signer, fields: ItemFields): Promise<Uint8Array> {
  let key: Key | undefined;
  const { data, tags, target, anchor } = fields;
  const bare = { data, tags, target, anchor };
  const hash = (options: CreateOptions) => {
    key = { type: options.type ?? 1, publicKey: publicKeyOf(options) };
    return unit.signingHash(fields, key.type, key.publicKey);
  };
  const create = async (options: CreateOptions) => (options.passthrough ? bare : hash(options));

  const signed = (await signer(Object.assign(create, bare) as Create, 'ans104')) as Partial<Signed>;
  if ('raw' in signed && signed.raw) return toBytes(signed.raw).slice();
  if (!key) throw new Error('create() must be invoked in order to construct the data to sign');
  if (!('signature' in signed && signed.signature)) throw new Error('signer must return its signature and address');
  return unit.sealItem(fields, key.type, key.publicKey, toBytes(signed.signature));
}

function publicKeyOf({ publicKey }: CreateOptions): Uint8Array {
  if (typeof publicKey === 'string') return decodeBase64Url(publicKey);
  if (publicKey instanceof ArrayBuffer || ArrayBuffer.isView(publicKey)) return toBytes(publicKey);
  throw new TypeError('Unexpected type. Value must be one of Uint8Array, ArrayBuffer, or base64url-encoded string');
}
