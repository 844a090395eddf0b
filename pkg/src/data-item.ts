/**
 * `ao-unit/data-item`: data items and bundles of ANS-104, made, read and verified, in a page, a worker or Node.
 *
 * It runs on the unit's own wasm (`unit_bg.wasm`), which is loaded at first use.
 *
 * @packageDocumentation
 */
import { toBytes } from './bytes.js';
import { ArgumentCheck } from './arguments.js';
import { UnitError } from './error.js';
import { itemWasm } from './items/wasm.js';
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
  /** Text, or bytes. Empty if left out. */
  data?: string | ArrayBuffer | ArrayBufferView | undefined;
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
  /** The owner's address: base64url of the key's SHA-256, or an Ethereum address. */
  address: string;
  target: string | undefined;
  /** 32 bytes. */
  anchor: Uint8Array<ArrayBuffer> | undefined;
  tags: Tag[];
  data: Uint8Array<ArrayBuffer>;
}

/** Bytes of an item or of a bundle. They are left as they are. */
export type Bytes = ArrayBuffer | ArrayBufferView;

/**
 * Loads the wasm, which the first use does otherwise. Only to name where it is, if it is not beside the package's
 * scripts, or to load it early.
 *
 * @throws {@link UnitError} `WASM_UNAVAILABLE`.
 */
export async function loadDataItems({ wasm }: { wasm?: WasmSource | undefined } = {}): Promise<void> {
  await itemWasm(wasm);
}

/**
 * Makes a data item and has it signed.
 *
 * @param signer - the page's own wallet (`pageWallet` of `ao-unit/wallet`), if left out.
 * @throws {@link UnitError} `ITEM_INVALID` for fields that no item can hold, `WALLET_…` and what else the signer
 *   rejects with, `WASM_UNAVAILABLE`.
 *
 * @example
 * ```ts
 * const { id, raw } = await createDataItem({ data: 'hello', tags: [{ name: 'Action', value: 'Greet' }] }, signer);
 * ```
 */
export async function createDataItem(fields: DataItemFields, signer: Signer = pageSigner): Promise<SignedDataItem> {
  const { data = '', tags = [], target, anchor } = fields;
  const check = new ArgumentCheck('Invalid Arguments ');
  check.optionalString('target', target).optionalString('anchor', anchor);
  for (const { name, value } of tags) check.string('name', name).string('value', value);
  check.done();
  new ArgumentCheck().function('undefined', signer).done();
  const wasm = await itemWasm();
  const raw = await signItem(sealer(wasm), signer, {
    data: typeof data === 'string' ? data : toBytes(data),
    tags,
    ...(target !== undefined && { target }),
    ...(anchor !== undefined && { anchor }),
  });
  const { id } = wasm.parseItem(raw);
  return { id, raw: raw as Uint8Array<ArrayBuffer> };
}

/**
 * Reads a data item. Its signature is not looked at: {@link verifyDataItem} does that.
 *
 * @throws {@link UnitError} `ITEM_INVALID`, which says what is malformed and at which byte; `WASM_UNAVAILABLE`.
 */
export async function parseDataItem(bytes: Bytes): Promise<ParsedDataItem> {
  const raw = toBytes(bytes).slice();
  return { ...(await itemWasm()).parseItem(raw), raw };
}

/**
 * Whether the bytes are a data item that its owner signed, every byte of it. Bytes that are no data item are not:
 * {@link parseDataItem} says why.
 *
 * @throws {@link UnitError} `UNSUPPORTED` where an Arweave signature cannot be verified, for want of WebCrypto;
 *   `WASM_UNAVAILABLE`.
 */
export async function verifyDataItem(bytes: Bytes): Promise<boolean> {
  return (await itemWasm()).verifyItem(toBytes(bytes));
}

/**
 * Puts signed items into a bundle, in their order: the data of an item or transaction that is tagged
 * `Bundle-Format: binary` and `Bundle-Version: 2.0.0`.
 *
 * @throws {@link UnitError} `ITEM_INVALID`, which says which item is malformed; `WASM_UNAVAILABLE`.
 */
export async function createBundle(items: Iterable<Bytes | SignedDataItem>): Promise<Uint8Array<ArrayBuffer>> {
  const raws = Array.from(items, (item) => toBytes('raw' in item ? item.raw : item));
  return (await itemWasm()).createBundle(raws) as Uint8Array<ArrayBuffer>;
}

/**
 * The items of a bundle, in their order. Their signatures are not looked at.
 *
 * @throws {@link UnitError} `ITEM_INVALID`, which says what is malformed, in which item, and at which byte of the
 *   bundle; `WASM_UNAVAILABLE`.
 */
export async function parseBundle(bytes: Bytes): Promise<ParsedDataItem[]> {
  return (await itemWasm()).parseBundle(toBytes(bytes));
}

/** The wasm, as a signer's item needs it. */
function sealer({ signingHash, sealItem }: Awaited<ReturnType<typeof itemWasm>>): Sealer {
  return {
    signingHash: async (...args) => signingHash(...args),
    sealItem: async (...args) => sealItem(...args),
  };
}
