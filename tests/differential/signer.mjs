// Somebody whose signatures are the same each time: Ed25519, from a name.

import { createHash, createPrivateKey } from 'node:crypto';
import { createDataItemSigner } from 'ao-unit';

/** What an Ed25519 private key begins with in PKCS #8 (RFC 8410 §7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

export async function signerOf(name) {
  const seed = createHash('sha256').update(name).digest();
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' });
  return createDataItemSigner(key.export({ format: 'jwk' }));
}
