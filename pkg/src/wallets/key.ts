import { encodeBase64Url, decodeBase64Url } from '../base64url.js';
import { copyOf } from '../bytes.js';
import { UnitError } from '../error.js';
import { sha256, subtle } from '../subtle.js';
import { checkJwk } from './jwk.js';

/** `'arweave'`: RSA-4096, what Arweave's wallets have. `'ed25519'`: made in an instant, a signature is 64 bytes. */
export type WalletType = 'arweave' | 'ed25519';

/** A private key as WebCrypto has it, and its public half as data items have it. */
export interface KeyPair {
  type: WalletType;
  privateKey: CryptoKey;
  publicKey: Uint8Array;
}

/** The signature type of ANS-104. */
export const SIGNATURE_TYPE = { arweave: 1, ed25519: 2 } as const;

const RSA = { name: 'RSA-PSS', hash: 'SHA-256' };
const RSA_4096 = { ...RSA, modulusLength: 4096, publicExponent: new Uint8Array([1, 0, 1]) };
const ED25519 = { name: 'Ed25519' };

/** Base64url of the SHA-256 of the public key: the address on Arweave and on ao. */
export async function addressOf(publicKey: Uint8Array): Promise<string> {
  return encodeBase64Url(await sha256(publicKey));
}

/**
 * Generates a key. Without a type it is Ed25519, or RSA-4096 where WebCrypto has no Ed25519.
 *
 * @throws {@link UnitError} `UNSUPPORTED`.
 */
export async function generateKey(type: WalletType | undefined, extractable: boolean): Promise<KeyPair> {
  if (type === 'arweave') return generateArweave(extractable);
  try {
    return await generateEd25519(extractable);
  } catch (error) {
    if (!lacksAlgorithm(error)) throw error;
    if (type === undefined) return generateArweave(extractable);
    throw new UnitError('UNSUPPORTED', "WebCrypto has no Ed25519 here: generate a wallet of type 'arweave'", {
      cause: error,
    });
  }
}

/**
 * Imports a private key from a JSON Web Key, RSA-4096 or Ed25519.
 *
 * @throws {@link UnitError} `KEY_INVALID`, `UNSUPPORTED`.
 */
export async function importKey(jwk: JsonWebKey, extractable: boolean): Promise<KeyPair> {
  const checked = checkJwk(jwk);
  const { type, publicKey } = checked;
  const algorithm = type === 'arweave' ? RSA : ED25519;
  try {
    const privateKey = await subtle().importKey('jwk', checked.privateJwk, algorithm, extractable, ['sign']);
    const pair = { type, privateKey, publicKey };
    // Not every WebCrypto looks whether the halves belong together, and what they sign would be refused one by one.
    const verifying = await subtle().importKey('jwk', checked.publicJwk, algorithm, false, ['verify']);
    const signature = (await signWithPair(pair, publicKey)).slice();
    if (await subtle().verify(signing(type), verifying, signature, publicKey.slice())) return pair;
    throw new Error('its private part does not belong to its public part');
  } catch (error) {
    if (error instanceof UnitError) throw error;
    if (lacksAlgorithm(error)) throw new UnitError('UNSUPPORTED', `WebCrypto has no ${algorithm.name} here`);
    const reason = (error instanceof Error && error.message) || 'WebCrypto does not take it';
    throw new UnitError('KEY_INVALID', `the JWK is no private key: ${reason}`, { cause: error });
  }
}

/** The key as a JSON Web Key, with what a key file of Arweave has and no more. It must be extractable. */
export async function exportKey({ privateKey }: KeyPair): Promise<JsonWebKey> {
  return checkJwk(await subtle().exportKey('jwk', privateKey)).privateJwk;
}

/** A signature over `bytes`, as data items have it. */
export async function signWithPair({ type, privateKey }: KeyPair, bytes: Uint8Array): Promise<Uint8Array> {
  // A copy, because WebCrypto takes no view of shared memory.
  return new Uint8Array(await subtle().sign(signing(type), privateKey, copyOf(bytes)));
}

function signing(type: WalletType) {
  return type === 'arweave' ? { name: 'RSA-PSS', saltLength: 32 } : ED25519;
}

async function generateArweave(extractable: boolean): Promise<KeyPair> {
  const { privateKey, publicKey } = await subtle().generateKey(RSA_4096, extractable, ['sign', 'verify']);
  const { n } = await subtle().exportKey('jwk', publicKey);
  return { type: 'arweave', privateKey, publicKey: decodeBase64Url(n as string) };
}

async function generateEd25519(extractable: boolean): Promise<KeyPair> {
  const pair = (await subtle().generateKey(ED25519, extractable, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await subtle().exportKey('raw', pair.publicKey));
  return { type: 'ed25519', privateKey: pair.privateKey, publicKey };
}

function lacksAlgorithm(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotSupportedError';
}
