import { encodeBase64Url, decodeBase64Url } from './base64url.js';
import { asBytes, copyOf, decodeHex } from './bytes.js';
import { describe } from './describe.js';
import { UnitError } from './error.js';
import { isSignatureType, outlineOf } from './items/outline.js';
import type { UnitApi } from './protocol.js';
import type { Create, CreateOptions, Signer } from './signer.js';
import type { ItemFields, Tag } from './types.js';

/** What lays an item out and puts the signature into it: a unit, or its wasm. */
export interface Sealer extends Pick<UnitApi, 'signingHash' | 'sealItem'> {
  /** The key of Ethereum that made a signature of a personal message. */
  recoverEthereumKey?(message: Uint8Array, signature: Uint8Array): Promise<RecoveredKey>;
}

/** A key that a signature gave away. */
export interface RecoveredKey {
  /** 65 bytes, uncompressed. */
  publicKey: Uint8Array;
  address: string;
}

/** What is to be signed, and by whom: known once the signer has called `create`. */
interface Draft {
  fields: ItemFields;
  type: number;
  publicKey: Uint8Array;
}

const NOT_CALLED = 'create() must be invoked in order to construct the data to sign';

/** The signature type that is not deterministic: RSA-PSS has a random salt. */
const ARWEAVE = 1;

/** Who seals what a signer is asked for with a `create`: signers of ours may have it recover a key. */
const sealers = new WeakMap<Create, Sealer>();

/** Who seals what `create` lays out, if it is a `create` of ours: our signers serve aoconnect as well. */
export function sealerOf(create: Create): Sealer | undefined {
  return sealers.get(create);
}

/**
 * Has `signer` sign an item. Every generation of signer is served: those that sign the hash that `create` resolves to,
 * those that build the item from what `create` passes through, and those that read the fields off their argument.
 *
 * @returns the raw item, in memory of its own: it may be transferred.
 * @throws {@link UnitError} `SIGNER_ANSWERED_OTHER` when the signer answers an item for somebody else, or of another
 *   type; `SIGNER_INVALID` when what it answers, or asks `create` for, is nothing that a signer may.
 */
export async function signItem(sealer: Sealer, signer: Signer, fields: ItemFields): Promise<Uint8Array> {
  return (await signWhole(sealer, signer, fields)).raw;
}

/** A signed item, and what the signer answered, if it built the item itself. */
export interface WholeItem {
  raw: Uint8Array;
  answer?: object;
}

/** As {@link signItem}, for those who need the signer's answer, too. */
export async function signWhole(sealer: Sealer, signer: Signer, fields: ItemFields): Promise<WholeItem> {
  let draft: Draft | undefined;
  const { data, target, anchor } = fields;
  // Copies, because there are wallets that append tags of their own to what they are given.
  const bare = () => ({ data, tags: fields.tags.map((tag) => ({ ...tag })), target, anchor });
  const anchored = { ...fields, anchor: anchor ?? randomAnchor() };
  const hash = (options: CreateOptions) => {
    const type = typeOf(options);
    draft = { fields: type === ARWEAVE ? fields : anchored, type, publicKey: bytesOf(options.publicKey) };
    return sealer.signingHash(draft.fields, type, draft.publicKey);
  };
  let called = false;
  const answerTo = async (options?: CreateOptions) => {
    called = true;
    return options?.passthrough ? bare() : hash(options ?? {});
  };
  const create = Object.assign(answerTo, bare()) as Create;
  sealers.set(create, sealer);

  const answer = Object(await signer(create, 'ans104')) as Partial<Record<'raw' | 'signature', unknown>>;
  const { raw, signature } = answer;
  if (raw) return { raw: checked(raw, fields), answer };
  if (!called) throw invalid(NOT_CALLED);
  if (!signature) throw invalid('signer must return its signature and address');
  const bytes = bytesOf(await signature);
  if (!draft) throw invalid(NOT_CALLED);
  return { raw: await sealer.sealItem(draft.fields, draft.type, draft.publicKey, bytes) };
}

/** 32 characters, 192 bits: without it, the same words signed twice by a deterministic key would have one id. */
export function randomAnchor(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(24)));
}

/**
 * An item that the signer built. It may have other tags than were asked for, as wallets rewrite and append some; but
 * one that goes elsewhere, or that spawns where a message was asked for, is not what the caller means to send.
 */
function checked(raw: unknown, { target, tags }: ItemFields): Uint8Array {
  const given = asBytes(raw);
  if (!given) throw invalid(`the signer answered ${describe(raw)} as the raw item: it has to be bytes`);
  const bytes = copyOf(given);
  const item = outlineOf(bytes);
  // Bytes that are no item are for the reader of items to refuse: it knows at which byte they go wrong.
  if (!item) return bytes;
  const [asked, answered] = [purpose(canonical(target), tags), purpose(item.target, item.tags)];
  if (asked === answered) return bytes;
  const remedy = 'a signer signs the fields that it is given';
  throw new UnitError('SIGNER_ANSWERED_OTHER', `the signer answered an item ${answered}, not ${asked}: ${remedy}`);
}

/** What an item does: its type decides between a message and a spawn, its target who gets it. */
function purpose(target: string | undefined, tags: readonly Tag[]): string {
  const types = tags.filter(({ name }) => name === 'Type').map(({ value }) => describe(value));
  return `of ${types.length > 0 ? `type ${types.join(' and ')}` : 'no type'} for ${target ?? 'no process'}`;
}

/** An id as bytes spell it; wallets read other spellings as well. */
function canonical(target: string | undefined): string | undefined {
  if (!target) return undefined;
  const bytes = decoded(target);
  return bytes ? encodeBase64Url(bytes) : target;
}

function typeOf({ type = ARWEAVE }: CreateOptions): number {
  if (isSignatureType(type)) return type;
  throw invalid(`the signer asked for signature type ${describe(type)}: 1, 2, 3, 4 and 7 are known`);
}

/** A key or a signature in whichever form signers have them. */
function bytesOf(value: unknown): Uint8Array {
  const bytes = typeof value === 'string' ? (decodeHex(value) ?? decoded(value)) : asBytes(value);
  if (bytes) return bytes;
  const expected = 'Unexpected type. Value must be one of Uint8Array, ArrayBuffer, or base64url-encoded string';
  throw invalid(typeof value === 'string' ? `${expected}: ${describe(value)} is not` : expected);
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return decodeBase64Url(text);
  } catch {
    return undefined;
  }
}

function invalid(message: string): UnitError {
  return new UnitError('SIGNER_INVALID', message);
}
