/**
 * `ao-unit/data-item`: data items and bundles of ANS-104, made, read and verified, in a page, a worker or Node.
 *
 * It runs on the unit's own wasm (`unit_bg.wasm`), which is loaded at first use.
 *
 * @packageDocumentation
 */
import { ArgumentCheck, checkSigner, errorFrom } from './arguments.js';
import { asBytes, copyOf, toBytes } from './bytes.js';
import { describe } from './describe.js';
import { UnitError } from './error.js';
import { curveFrom } from './items/secp256k1.js';
import { itemWasm, type ItemWasm } from './items/wasm.js';
import { signItem, type Sealer } from './sign.js';
import { pageSigner } from './wallet.js';
import type { WasmSource } from './machine/source.js';
import type { Signer } from './signer.js';
import type { Tag } from './types.js';

export { UnitError };
export type { Create, CreateOptions, Signed, Signer, SignerFields } from './signer.js';
export type { WasmSource } from './machine/source.js';
export type { Tag } from './types.js';

/** What a data item is to say. */
export interface DataItemFields {
  /** Text, or bytes. Empty if left out; `null` counts as left out. */
  data?: string | ArrayBuffer | ArrayBufferView | null | undefined;
  /** In their order; a name may come more than once. At most 128, and 4096 bytes when encoded. */
  tags?: Tag[] | undefined;
  /** The id of whom it is for: 43 characters of base64url. */
  target?: string | undefined;
  /** Exactly 32 bytes, as UTF-8, of the sender's choice. Keys that sign deterministically get a random one. */
  anchor?: string | undefined;
}

/** A signed data item. */
export interface SignedDataItem {
  id: string;
  /** The whole item. */
  raw: Uint8Array<ArrayBuffer>;
}

/** What a data item says. */
export interface ParsedDataItem extends SignedDataItem {
  /** 1 Arweave, 2 Ed25519, 3 Ethereum, 4 Solana, 7 Ethereum's typed data. */
  signatureType: number;
  signature: Uint8Array<ArrayBuffer>;
  /** The public key; for type 7, an Ethereum address in ASCII. */
  owner: Uint8Array<ArrayBuffer>;
  /** The owner's address: base64url of the key's SHA-256, or an Ethereum account as EIP-55 writes it. */
  address: string;
  target: string | undefined;
  /** 32 bytes. */
  anchor: Uint8Array<ArrayBuffer> | undefined;
  tags: Tag[];
  data: Uint8Array<ArrayBuffer>;
}

/** Bytes of an item or of a bundle. They are left as they are. */
export type Bytes = ArrayBuffer | ArrayBufferView;

/** Where the wasm is, if it is not beside the package's scripts. */
export interface DataItemWasm {
  /** `unit_bg.wasm`. */
  wasm?: WasmSource | undefined;
  /** `secp256k1.wasm`, which is loaded when the first item comes that an Ethereum wallet signed. */
  secp256k1?: WasmSource | undefined;
}

/**
 * Loads the wasm, which the first use does otherwise. Only to name where it is, if it is not beside the package's
 * scripts, or to load it early.
 *
 * @throws {@link UnitError} `WASM_UNAVAILABLE`.
 */
export async function loadDataItems({ wasm, secp256k1 }: DataItemWasm = {}): Promise<void> {
  curveFrom(secp256k1);
  await itemWasm(wasm);
}

/**
 * Makes a data item and has it signed.
 *
 * @param signer - the page's own wallet (`pageWallet` of `ao-unit/wallet`), if left out.
 * @returns the item, whose signature was verified.
 * @throws {@link UnitError} `DATA_INVALID` for data that is neither text nor bytes, `ITEM_INVALID` for fields that no
 *   item can hold; `SIGNATURE_INVALID` when the signature that the signer made is none, `SIGNER_ANSWERED_OTHER` when
 *   its item goes elsewhere, `SIGNER_INVALID`, `WALLET_…` and what else it rejects with; `UNSUPPORTED` where an Arweave
 *   signature cannot be verified, for want of WebCrypto; `WASM_UNAVAILABLE`; `ARGUMENT_INVALID` and
 *   `SIGNER_REQUIRED`, in aoconnect's words, for an argument of another type than it should have.
 *
 * @example
 * ```ts
 * const { id, raw } = await createDataItem({ data: 'hello', tags: [{ name: 'Action', value: 'Greet' }] }, signer);
 * ```
 */
export async function createDataItem(fields: DataItemFields, signer: Signer = pageSigner): Promise<SignedDataItem> {
  const { data, tags = [], target, anchor } = Object(fields) as DataItemFields;
  if (!Array.isArray(tags)) throw new UnitError('ITEM_INVALID', `the tags are ${describe(tags)}, not a list`);
  const check = new ArgumentCheck('Invalid Arguments ');
  check.optionalString('target', target).optionalString('anchor', anchor);
  for (const tag of tags) {
    const { name, value } = Object(tag) as Partial<Tag>;
    check.string('name', name).string('value', value);
  }
  check.done();
  checkSigner(signer);
  const wasm = await itemWasm();
  const asked = {
    data: typeof data === 'string' ? data : toBytes(data ?? []),
    tags,
    ...(target !== undefined && { target }),
    ...(anchor !== undefined && { anchor }),
  };
  const raw = await signItem(sealer(wasm), signer, asked).catch((thrown: unknown) => {
    throw errorFrom(thrown);
  });
  const { id } = await wasm.identifyItem(raw).catch((cause: UnitError) => {
    if (cause.code !== 'SIGNATURE_INVALID') throw cause;
    const { id } = wasm.parseItem(raw);
    const remedy = 'its key is not the one that it named, or it signed something else';
    const message = `the signature that the signer made for data item ${id} is none: ${remedy}`;
    throw new UnitError('SIGNATURE_INVALID', message, { cause });
  });
  return { id, raw: raw as Uint8Array<ArrayBuffer> };
}

/**
 * Reads a data item. Its signature is not looked at: {@link verifyDataItem} does that.
 *
 * @throws {@link UnitError} `ITEM_INVALID`, which says what is malformed and at which byte; `WASM_UNAVAILABLE`.
 */
export async function parseDataItem(bytes: Bytes): Promise<ParsedDataItem> {
  const raw = copyOf(itemBytes(bytes, 'the item'));
  return { ...(await itemWasm()).parseItem(raw), raw };
}

/**
 * Whether the bytes are a data item that its owner signed, every byte of it. Bytes that are no data item are not:
 * {@link parseDataItem} says why.
 *
 * @throws {@link UnitError} `ITEM_INVALID` when it is not given bytes at all; `UNSUPPORTED` where an Arweave signature cannot be verified, for want of WebCrypto;
 *   `WASM_UNAVAILABLE`.
 */
export async function verifyDataItem(bytes: Bytes): Promise<boolean> {
  const raw = itemBytes(bytes, 'the item');
  const wasm = await itemWasm();
  return wasm.identifyItem(raw).then(
    () => true,
    (error: UnitError) => {
      if (['ITEM_INVALID', 'SIGNATURE_INVALID'].includes(error.code)) return false;
      throw error;
    },
  );
}

/**
 * Puts signed items into a bundle, in their order: the data of an item or transaction that is tagged
 * `Bundle-Format: binary` and `Bundle-Version: 2.0.0`.
 *
 * @throws {@link UnitError} `ITEM_INVALID`, which says which item is malformed; `WASM_UNAVAILABLE`.
 */
export async function createBundle(items: Iterable<Bytes | SignedDataItem>): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof (Object(items) as Partial<Iterable<unknown>>)[Symbol.iterator] !== 'function') {
    throw new UnitError('ITEM_INVALID', `a bundle is made of a list of items, not of ${describe(items)}`);
  }
  const raws = Array.from(items, (item, index) => {
    const { raw = item } = Object(item) as Partial<SignedDataItem>;
    return itemBytes(raw, `item ${index}`);
  });
  return (await itemWasm()).createBundle(raws) as Uint8Array<ArrayBuffer>;
}

/**
 * The items of a bundle, in their order. Their signatures are not looked at.
 *
 * @throws {@link UnitError} `ITEM_INVALID`, which says what is malformed, in which item, and at which byte of the
 *   bundle; `WASM_UNAVAILABLE`.
 */
export async function parseBundle(bytes: Bytes): Promise<ParsedDataItem[]> {
  const raw = itemBytes(bytes, 'the bundle');
  return (await itemWasm()).parseBundle(raw);
}

/** Bytes to be read. */
function itemBytes(value: unknown, what: string): Uint8Array {
  const bytes = asBytes(value);
  if (bytes) return bytes;
  throw new UnitError('ITEM_INVALID', `${what} is ${describe(value)}, not an ArrayBuffer or a view of one`);
}

/** The wasm, as a signer's item needs it. */
function sealer({ signingHash, sealItem, recoverEthereumKey }: ItemWasm): Sealer {
  return {
    signingHash: async (...args) => signingHash(...args),
    sealItem: async (...args) => sealItem(...args),
    recoverEthereumKey: async (...args) => recoverEthereumKey(...args),
  };
}
