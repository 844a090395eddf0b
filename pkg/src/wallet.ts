/**
 * `ao-unit/wallet`: wallets of the page's own, whose keys are in WebCrypto and never leave it unless they were made to.
 *
 * They are kept in IndexedDB, for this origin and browser. Where there is none, as in Node, they live in memory, for
 * as long as the program runs.
 *
 * @packageDocumentation
 */
import { describe } from './describe.js';
import { UnitError } from './error.js';
import { createDataItemSigner, type Signer } from './signer.js';
import {
  addressOf,
  exportKey,
  generateKey,
  importKey,
  SIGNATURE_TYPE,
  signWithPair,
  type KeyPair,
  type WalletType,
} from './wallets/key.js';
import { checkJwk } from './wallets/jwk.js';
import { walletStore, type StoredWallet } from './wallets/store.js';

export { UnitError };
export { createEthereumSigner } from './signers/ethereum.js';
export type { EthereumProvider, EthereumSignerOptions } from './signers/ethereum.js';
export type { WalletType } from './wallets/key.js';

/** A wallet that the page holds itself. Hand it to `createDataItemSigner`. */
export interface Wallet {
  /** The address: base64url of the SHA-256 of the public key. */
  readonly address: string;
  readonly type: WalletType;
  /** The signature type of ANS-104: 1 for `'arweave'`, 2 for `'ed25519'`. */
  readonly signatureType: 1 | 2;
  /** The name that it was given. */
  readonly name: string | null;
  /** Whether {@link exportWallet} can export it: decided when it was made. */
  readonly extractable: boolean;
  /** Whether it is {@link pageWallet}, which signs where no signer is named. */
  readonly isPageWallet: boolean;
  /** The modulus of an RSA key, 512 bytes; 32 bytes of an Ed25519 key. A copy each time. */
  readonly publicKey: Uint8Array;
  /** Signs bytes: RSA-PSS with SHA-256 and 32 bytes of salt, or Ed25519. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** What {@link importWallet} takes beside the key. */
export interface ImportOptions {
  /** A name for people. None if left out, or the one that a wallet of the same address has here already. */
  name?: string | null | undefined;
  /**
   * `true`: {@link exportWallet} can export it, and so can whatever script runs in the page. `false` if left out, or as
   * a wallet of the same address is kept here already.
   */
  extractable?: boolean | undefined;
  /** `false`: it is gone with the page. It is kept if left out: what it owns is kept, too. */
  keep?: boolean | undefined;
}

/** What {@link generateWallet} takes. */
export interface GenerateOptions extends ImportOptions {
  /**
   * `'ed25519'`, made in an instant, or `'arweave'` (RSA-4096), which takes half a second and sometimes several.
   * Ed25519 if left out, where WebCrypto has it.
   */
  type?: WalletType | undefined;
}

/** The keys of the wallets that were made here: they are on no object that a script could read them off. */
const pairs = new WeakMap<Wallet, KeyPair>();

/** The page's own wallet, while it is being made: calls at once need one key, not one each. */
let making: Promise<StoredWallet> | undefined;

/**
 * Generates a wallet, and keeps it.
 *
 * @throws {@link UnitError} `UNSUPPORTED` without WebCrypto, or without Ed25519 if that was asked for;
 *   `STORE_UNAVAILABLE`, `STORE_FAILED`, `STORE_QUOTA` when it could not be kept. A `RangeError` for another type, a
 *   `TypeError` for a name that is no text.
 *
 * @example
 * ```ts
 * const wallet = await generateWallet({ name: 'Alice' });
 * const signer = createDataItemSigner(wallet);
 * ```
 */
export async function generateWallet(options: GenerateOptions = {}): Promise<Wallet> {
  const { type, extractable = false, name = null, keep = true } = options;
  if (type !== undefined && !Object.hasOwn(SIGNATURE_TYPE, type)) {
    throw new RangeError(`a wallet is of type 'arweave' or 'ed25519', not ${describe(type)}`);
  }
  checkName(name);
  return taken(await stored(await generateKey(type, extractable), name), keep);
}

/**
 * Takes in a private key: an Arweave key file (RSA-4096), or an Ed25519 key (`kty` is `OKP`). A wallet of the same
 * address that is kept already stays what it is, but for what the options name.
 *
 * @throws {@link UnitError} `KEY_INVALID`, which names what is missing or wrong; otherwise as {@link generateWallet}.
 */
export async function importWallet(jwk: JsonWebKey, options: ImportOptions = {}): Promise<Wallet> {
  const { keep = true } = options;
  if (options.name !== undefined) checkName(options.name);
  const address = await addressOf(checkJwk(jwk).publicKey);
  const earlier = keep ? await walletStore().get(address) : undefined;
  const extractable = options.extractable ?? earlier?.privateKey.extractable ?? false;
  const wallet = await stored(await importKey(jwk, extractable), options.name ?? null);
  if (earlier && options.name === undefined) wallet.name = earlier.name;
  return taken({ ...wallet, created: earlier?.created ?? wallet.created }, keep);
}

/**
 * The private key of a wallet, as a JSON Web Key: for `'arweave'`, what a key file of Arweave holds.
 *
 * @param wallet - a wallet, or the address of one that is kept.
 * @throws {@link UnitError} `WALLET_NOT_EXTRACTABLE`, `WALLET_NOT_FOUND`, `STORE_…`.
 */
export async function exportWallet(wallet: Wallet | string): Promise<JsonWebKey> {
  const pair = pairs.get(wallet as Wallet) ?? (await found(addressIn(wallet)));
  if (pair.privateKey.extractable) return exportKey(pair);
  const remedy = 'generate or import one with { extractable: true } to have one that can be';
  throw new UnitError('WALLET_NOT_EXTRACTABLE', `wallet ${addressIn(wallet)} cannot be exported: ${remedy}`);
}

/**
 * The wallets that are kept, the oldest first. {@link Wallet.isPageWallet} tells which is the page's own.
 *
 * @throws {@link UnitError} `STORE_…`.
 */
export async function listWallets(): Promise<Wallet[]> {
  const own = await walletStore().pageAddress();
  return (await walletStore().list()).map((wallet) => asWallet(wallet, wallet.address === own));
}

/**
 * Gives a wallet that is kept another name, or `null` for none.
 *
 * @throws {@link UnitError} `WALLET_NOT_FOUND`, `STORE_…`.
 */
export async function renameWallet(wallet: Wallet | string, name: string | null): Promise<void> {
  checkName(name);
  if (!(await walletStore().rename(addressIn(wallet), name))) throw notFound(addressIn(wallet));
}

/**
 * Removes a wallet from those that are kept. Its key is lost, unless it was exported: who owned a process by it owns
 * it no more.
 *
 * @throws {@link UnitError} `WALLET_NOT_FOUND`, `STORE_…`.
 */
export async function removeWallet(wallet: Wallet | string): Promise<void> {
  if (!(await walletStore().remove(addressIn(wallet)))) throw notFound(addressIn(wallet));
}

/**
 * The page's own wallet: what signs where no signer is named. It is made at first need, and the same from then on,
 * in every tab of this origin, until it is removed.
 *
 * @throws {@link UnitError} as {@link generateWallet}.
 */
export async function pageWallet(): Promise<Wallet> {
  const kept = await walletStore().pageWallet();
  if (kept) return asWallet(kept, true);
  making ??= makePageWallet().finally(() => (making = undefined));
  return asWallet(await making, true);
}

/** Signs with {@link pageWallet}. */
export const pageSigner: Signer = async (create, kind) => createDataItemSigner(await pageWallet())(create, kind);

async function makePageWallet(): Promise<StoredWallet> {
  const made = await stored(await generateKey(undefined, false), null);
  // Another tab may have been faster: then it is that one's.
  return walletStore().keepPageWallet(made);
}

async function taken(wallet: StoredWallet, keep: boolean): Promise<Wallet> {
  if (!keep) return asWallet(wallet, false);
  await walletStore().put(wallet);
  return asWallet(wallet, (await walletStore().pageAddress()) === wallet.address);
}

async function stored(pair: KeyPair, name: string | null): Promise<StoredWallet> {
  return { ...pair, address: await addressOf(pair.publicKey), name, created: Date.now() };
}

async function found(address: string): Promise<StoredWallet> {
  const wallet = await walletStore().get(address);
  if (!wallet) throw notFound(address);
  return wallet;
}

function asWallet(stored: StoredWallet, isPageWallet: boolean): Wallet {
  const { address, type, name, publicKey, privateKey } = stored;
  const wallet: Wallet = {
    address,
    type,
    signatureType: SIGNATURE_TYPE[type],
    name,
    extractable: privateKey.extractable,
    isPageWallet,
    get publicKey() {
      return publicKey.slice();
    },
    sign: (bytes) => signWithPair(stored, bytes),
  };
  pairs.set(wallet, stored);
  return wallet;
}

function addressIn(wallet: Wallet | string): string {
  if (typeof wallet === 'string') return wallet;
  const { address } = Object(wallet) as Partial<Wallet>;
  if (typeof address === 'string') return address;
  throw new UnitError('WALLET_NOT_FOUND', `${describe(wallet)} is no wallet, and no address of one`);
}

function checkName(name: unknown): void {
  if (typeof name === 'string' || name === null) return;
  throw new TypeError(`the name of a wallet is text, or null for none, not ${describe(name)}`);
}

function notFound(address: string): UnitError {
  return new UnitError('WALLET_NOT_FOUND', `wallet ${address} is not kept here: listWallets() names those that are`);
}
