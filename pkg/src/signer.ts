import { encodeBase64Url } from './base64url.js';
import type { Tag } from './types.js';
import type { Wallet } from './wallet.js';

/** What a signer can tell `create` about its key, or that it wants the bare fields. */
export interface CreateOptions {
  /** The public key: bytes, or base64url. */
  publicKey?: Uint8Array | ArrayBuffer | string;
  /** The signature type of ANS-104. 1 (Arweave, RSA-4096) if left out. */
  type?: number;
  /** Accepted as aoconnect accepts it; the type decides. */
  alg?: string;
  /** `true`: answers the fields themselves, for wallets that build the item. */
  passthrough?: boolean;
}

/** The fields that a wallet builds an item from. */
export interface SignerFields {
  data: string | Uint8Array;
  tags: Tag[];
  target: string | undefined;
  anchor: string | undefined;
}

/**
 * What a signer is called with. A function, as aoconnect has had it since 0.0.70, which carries the fields as
 * properties too, because signers for earlier versions destructure them.
 */
export interface Create extends SignerFields {
  (options: CreateOptions & { passthrough: true }): Promise<SignerFields>;
  /** Resolves to the bytes to sign: the deep hash of the item, 48 bytes. */
  (options: CreateOptions): Promise<Uint8Array>;
}

/** A finished item, or a signature over the bytes that `create` resolved to. */
export type Signed =
  | { id: string; raw: Uint8Array | ArrayBuffer }
  | { signature: Uint8Array | ArrayBuffer; address?: string };

/** Signs data items. Any function of this shape will do; {@link createDataItemSigner} makes one from a wallet. */
export type Signer = (create: Create, kind: 'ans104') => Signed | Promise<Signed>;

/** The part of `window.arweaveWallet` that signing needs. */
export interface ArweaveWallet {
  connect?(permissions: 'SIGN_TRANSACTION'[]): unknown;
  signDataItem(item: SignerFields): Promise<ArrayBuffer | Uint8Array | number[]>;
}

/**
 * Makes a signer from a wallet.
 *
 * @param wallet - `window.arweaveWallet` or anything of its shape, a wallet from `ao-unit/wallet`, or a signer, which
 *   is returned as it is. What it is gets looked at when it first signs: wallets are often injected late.
 *
 * @example
 * ```ts
 * const signer = createDataItemSigner(window.arweaveWallet);
 * await message({ process, signer, data: 'hello' });
 * ```
 */
export function createDataItemSigner(wallet: Wallet | ArweaveWallet | Signer): Signer {
  if (typeof wallet === 'function') return wallet;
  return async (create, kind) => {
    if (kind !== 'ans104') throw new Error(`signer kind unknown "${kind}"`);
    if (isGenerated(wallet)) return signWithKey(wallet, create);
    if (isArweaveWallet(wallet)) return signWithArweaveWallet(wallet, create);
    throw new TypeError('the wallet can neither signDataItem() nor sign(): is the wallet extension there?');
  };
}

/** The same as {@link createDataItemSigner}: aoconnect has both names. */
export const createSigner = createDataItemSigner;

/** The bytes of a view, a buffer or a plain array of numbers. */
export function toBytes(value: ArrayBuffer | ArrayBufferView | ArrayLike<number>): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer ? new Uint8Array(value) : Uint8Array.from(value);
}

async function signWithKey(wallet: Wallet, create: Create): Promise<Signed> {
  const hash = await create({ publicKey: wallet.publicKey, type: 1 });
  return { signature: await wallet.sign(hash), address: wallet.address };
}

async function signWithArweaveWallet(wallet: ArweaveWallet, create: Create): Promise<Signed> {
  // Some wallets answer no promise here, and some have no connect at all.
  await wallet.connect?.(['SIGN_TRANSACTION']);
  const { data, tags, target, anchor } = await create({ passthrough: true });
  const raw = toBytes(await wallet.signDataItem({ data, tags, target, anchor }));
  return { id: await arweaveItemId(raw), raw };
}

/** An Arweave wallet signs with RSA-4096: 512 bytes of signature after the two of its type. */
async function arweaveItemId(raw: Uint8Array): Promise<string> {
  return encodeBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', raw.slice(2, 514))));
}

function isGenerated(wallet: unknown): wallet is Wallet {
  return has(wallet, 'sign') && (wallet as Partial<Wallet>).publicKey instanceof Uint8Array;
}

function isArweaveWallet(wallet: unknown): wallet is ArweaveWallet {
  return has(wallet, 'signDataItem');
}

function has(wallet: unknown, method: string): boolean {
  return typeof (wallet as Record<string, unknown> | null | undefined)?.[method] === 'function';
}
