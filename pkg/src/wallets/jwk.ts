import { decodeBase64Url, encodeBase64Url } from '../base64url.js';
import { encodeHex } from '../bytes.js';
import { describe } from '../describe.js';
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
    // Not what it is: text in the place of a key file may well be the key.
    throw invalid(`a JWK is an object, not ${jwk === null ? 'null' : typeof jwk}`);
  }
  if (jwk.kty === undefined) throw invalid('JWK missing required field: kty');
  if (jwk.kty === 'RSA') return checkArweave(jwk);
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') return checkEd25519(jwk);
  const [kty, crv] = [jwk.kty, jwk.crv].map((name) => (typeof name === 'string' ? name : describe(name)));
  const found = jwk.crv === undefined ? `kty ${kty}` : `kty ${kty}, crv ${crv}`;
  throw invalid(`a key of ${found} cannot sign data items: RSA (4096 bits) and OKP with Ed25519 can`);
}

function checkArweave(jwk: JsonWebKey): CheckedJwk {
  const parts = partsOf(jwk, RSA_PARTS);
  const publicKey = decoded('n', parts.n);
  if (publicKey.length !== 512) throw invalid(`the JWK has ${publicKey.length * 8} bits: an Arweave key has 4096`);
  if (parts.e !== 'AQAB') throw invalid('the public exponent “e” of the JWK is not AQAB (65537)');
  checkParts(parts);
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

/**
 * Checks that the parts of an RSA key are of one key (RFC 8017 §3.2). WebCrypto computes by some of them, and looks at
 * the others or not as it likes: a key with another's `d` would sign here, and be lost where `d` is what counts.
 */
function checkParts(parts: Record<Part, string>): void {
  const number = (name: Part) => BigInt(encodeHex(decoded(name, parts[name])));
  const [n, d, p, q] = [number('n'), number('d'), number('p'), number('q')];
  const apart = (names: string) => invalid(`${names} of the JWK do not belong together`);
  if (p < 3n || q < 3n || p * q !== n) throw apart('“n”, “p” and “q”');
  if (d % (p - 1n) !== number('dp')) throw apart('“d”, “p” and “dp”');
  if (d % (q - 1n) !== number('dq')) throw apart('“d”, “q” and “dq”');
  if ((number('qi') * q) % p !== 1n) throw apart('“p”, “q” and “qi”');
}

function partsOf(jwk: JsonWebKey, names: Part[]): Record<Part, string> {
  const parts = names.map((name) => {
    const part = jwk[name];
    if (typeof part === 'string' && part !== '') {
      decoded(name, part);
      return [name, part] as const;
    }
    const remark = name === 'd' ? ', without which it is a public key and cannot sign' : '';
    throw invalid(`JWK missing required field: ${name}${remark}`);
  });
  return Object.fromEntries(parts) as Record<Part, string>;
}

/** The bytes of a part, in the one spelling that RFC 7515 allows: no spaces, no padding, no `+` or `/`. */
function decoded(name: Part, text: string): Uint8Array {
  try {
    const bytes = decodeBase64Url(text);
    if (encodeBase64Url(bytes) === text) return bytes;
  } catch {
    // The same is to be said of it.
  }
  throw invalid(`“${name}” of the JWK is not base64url`);
}

function invalid(message: string): UnitError {
  return new UnitError('KEY_INVALID', message);
}
