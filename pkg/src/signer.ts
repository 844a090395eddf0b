import { UnitError } from './error.js';
import { isArweaveWallet, signWithArweaveWallet, type ArweaveWallet } from './signers/arweave.js';
import { createEthereumSigner, isEthereumProvider, type EthereumProvider } from './signers/ethereum.js';
import { isJwk, isKeyHolder, signWithJwk, signWithKey, type KeyHolder } from './signers/key.js';
import type { Tag } from './types.js';

/** What a signer can tell `create` about its key, or that it wants the bare fields. */
export interface CreateOptions {
  /** The public key: bytes, hexadecimal that starts with `0x`, or base64url. */
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
  /**
   * Resolves to the bytes to sign: the deep hash of the item, 48 bytes. An item without an anchor is given a random
   * one if signatures of this type are deterministic (all but type 1): the same words twice would be one item.
   */
  (options: CreateOptions): Promise<Uint8Array>;
}

/**
 * A finished item, or a signature over the bytes that `create` resolved to: bytes, hexadecimal that starts with `0x`,
 * or base64url.
 */
export type Signed =
  | { id: string; raw: Uint8Array | ArrayBuffer }
  | { signature: Uint8Array | ArrayBuffer | string; address?: string };

/** Signs data items. Any function of this shape will do; {@link createDataItemSigner} makes one from a wallet. */
export type Signer = (create: Create, kind: 'ans104') => Signed | Promise<Signed>;

/** Whatever {@link createDataItemSigner} makes a signer from. */
export type SigningWallet = KeyHolder | ArweaveWallet | EthereumProvider | JsonWebKey | Signer;

/**
 * Makes a signer from a wallet. The wallet is asked for permission when it is to sign, and not before.
 *
 * @param wallet - `window.arweaveWallet` or anything of its shape; `window.ethereum`, see
 *   {@link createEthereumSigner}; a wallet from `ao-unit/wallet`; a private key as a JSON Web Key (RSA-4096 or
 *   Ed25519); or a signer, which is returned as it is. What it is gets looked at when it first signs: wallets are
 *   often injected late.
 * @returns a signer. It rejects with {@link UnitError} `WALLET_REFUSED` when the user said no, `WALLET_FAILED` when
 *   the wallet failed otherwise, both in the wallet's own words; `WALLET_UNSUITABLE` when it cannot sign data items,
 *   and `KEY_INVALID` when the JSON Web Key is none.
 *
 * @example
 * ```ts
 * const signer = createDataItemSigner(window.arweaveWallet);
 * await message({ process, signer, data: 'hello' });
 * ```
 */
export function createDataItemSigner(wallet: SigningWallet): Signer {
  if (typeof wallet === 'function') return wallet;
  return async (create, kind) => {
    if (kind !== 'ans104') throw Object.assign(new Error(`signer kind unknown "${kind}"`), { code: 'SIGNER_INVALID' });
    if (isKeyHolder(wallet)) return signWithKey(wallet, create);
    if (isArweaveWallet(wallet)) return signWithArweaveWallet(wallet, create);
    if (isEthereumProvider(wallet)) return createEthereumSigner(wallet)(create, kind);
    if (isJwk(wallet)) return signWithJwk(wallet, create);
    throw new UnitError('WALLET_UNSUITABLE', unsuitable(wallet));
  };
}

/** The same as {@link createDataItemSigner}: aoconnect has both names. */
export const createSigner = createDataItemSigner;

function unsuitable(wallet: unknown): string {
  if (wallet === undefined || wallet === null) {
    return `there is no wallet, but ${wallet}: is the extension there, and had it loaded when the signer was made?`;
  }
  if (typeof wallet === 'string') return 'the wallet is text: a key in a file must be parsed, as with JSON.parse()';
  if (typeof wallet !== 'object') return `the wallet is ${typeof wallet}, not an object`;
  const { walletName } = wallet as { walletName?: unknown };
  const name = typeof walletName === 'string' ? ` “${walletName}”` : '';
  // What Arweave.app puts into the window signs transactions alone; the object that its page made signs both.
  return `the wallet${name} has no signDataItem(): hand over one that has, as an ArweaveWebWallet for Arweave.app`;
}
