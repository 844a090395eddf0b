import { addressOf, importKey, signWithPair, SIGNATURE_TYPE, type KeyPair } from '../wallets/key.js';
import type { Create, Signed } from '../signer.js';

/** A key that signs bytes, and the public half of it: what `ao-unit/wallet` makes. */
export interface KeyHolder {
  readonly address: string;
  readonly publicKey: Uint8Array;
  /** 1 (Arweave) if left out. */
  readonly signatureType?: number;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Keys that were imported from JSON Web Keys: importing costs more than signing. */
const imported = new WeakMap<JsonWebKey, Promise<KeyPair>>();

export function isKeyHolder(wallet: unknown): wallet is KeyHolder {
  const { sign, publicKey } = Object(wallet) as Partial<KeyHolder>;
  return typeof sign === 'function' && publicKey instanceof Uint8Array;
}

/** A JSON Web Key names its kind, or has at least the parts of an RSA key. */
export function isJwk(wallet: unknown): wallet is JsonWebKey {
  return typeof wallet === 'object' && wallet !== null && ('kty' in wallet || ('n' in wallet && 'd' in wallet));
}

export async function signWithKey(wallet: KeyHolder, create: Create): Promise<Signed> {
  const hash = await create({ publicKey: wallet.publicKey, type: wallet.signatureType ?? 1 });
  return { signature: await wallet.sign(hash), address: wallet.address };
}

export async function signWithJwk(jwk: JsonWebKey, create: Create): Promise<Signed> {
  const pair = await keyOf(jwk);
  const { type, publicKey } = pair;
  const hash = await create({ publicKey, type: SIGNATURE_TYPE[type] });
  return { signature: await signWithPair(pair, hash), address: await addressOf(publicKey) };
}

function keyOf(jwk: JsonWebKey): Promise<KeyPair> {
  const known = imported.get(jwk);
  if (known) return known;
  const importing = importKey(jwk, false);
  imported.set(jwk, importing);
  importing.catch(() => imported.delete(jwk));
  return importing;
}
