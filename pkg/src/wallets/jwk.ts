import { decodeBase64Url } from '../base64url.js';
import { UnitError } from '../error.js';
import type { WalletType } from './key.js';

/** What a JSON Web Key turned out to be. */
export interface CheckedJwk {
  type: WalletType;
  publicKey: Uint8Array;
  /** The parts that matter. What else a file says, as what the key may be used for, is left out. */
  privateJwk: JsonWebKey;
  /** Of those, the public ones. */
  publicJwk: JsonWebKey;
}

/** A part of a JSON Web Key. */
type Part = 'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi' | 'x';

const RSA_PARTS: Part[] = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];
const ED25519_PARTS: Part[] = ['x', 'd'];

/**
 * Checks that a JSON Web Key is a private key that can sign data items: RSA with 4096 bits, or Ed25519.
 *
 * @throws {@link UnitError} `KEY_INVALID`, which names what is missing or wrong. No part of the key is in its text.
 */
export function checkJwk(jwk: JsonWebKey): CheckedJwk {
  if (typeof jwk !== 'object' || jwk === null) {
    throw invalid(`a JWK is an object, not ${jwk === null ? 'null' : typeof jwk}`);
  }
  if (jwk.kty === undefined) throw invalid('JWK missing required field: kty');
  if (jwk.kty === 'RSA') return checkArweave(jwk);
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') return checkEd25519(jwk);
  const found = jwk.crv === undefined ? `kty ${jwk.kty}` : `kty ${jwk.kty}, crv ${jwk.crv}`;
  throw invalid(`a key of ${found} cannot sign data items: RSA (4096 bits) and OKP with Ed25519 can`);
}

function checkArweave(jwk: JsonWebKey): CheckedJwk {
  const parts = partsOf(jwk, RSA_PARTS);
  const publicKey = decoded('n', parts.n);
  if (publicKey.length !== 512) throw invalid(`the JWK has ${publicKey.length * 8} bits: an Arweave key has 4096`);
  if (parts.e !== 'AQAB') throw invalid('the public exponent “e” of the JWK is not AQAB (65537)');
  const publicJwk = { kty: 'RSA', n: parts.n, e: parts.e };
  return { type: 'arweave', publicKey, privateJwk: { kty: 'RSA', ...parts }, publicJwk };
}

function checkEd25519(jwk: JsonWebKey): CheckedJwk {
  const parts = partsOf(jwk, ED25519_PARTS);
  const publicKey = decoded('x', parts.x);
  if (publicKey.length !== 32) throw invalid(`“x” of the JWK has ${publicKey.length} bytes: an Ed25519 key has 32`);
  const publicJwk = { kty: 'OKP', crv: 'Ed25519', x: parts.x };
  return { type: 'ed25519', publicKey, privateJwk: { ...publicJwk, d: parts.d }, publicJwk };
}

function partsOf(jwk: JsonWebKey, names: Part[]): Record<Part, string> {
  const parts = names.map((name) => {
    const part = jwk[name];
    if (typeof part === 'string' && part !== '') return [name, part] as const;
    const remark = name === 'd' ? ', without which it is a public key and cannot sign' : '';
    throw invalid(`JWK missing required field: ${name}${remark}`);
  });
  return Object.fromEntries(parts) as Record<Part, string>;
}

function decoded(name: Part, text: string): Uint8Array {
  try {
    return decodeBase64Url(text);
  } catch {
    throw invalid(`“${name}” of the JWK is not base64url`);
  }
}

function invalid(message: string): UnitError {
  return new UnitError('KEY_INVALID', message);
}
