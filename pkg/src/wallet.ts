import { decodeBase64Url, encodeBase64Url } from './base64url.js';

/** A key that the page holds itself. Hand it to `createDataItemSigner`. */
export interface Wallet {
  /** The address: base64url of the SHA-256 of the public key. */
  readonly address: string;
  /** The modulus of the RSA key, 512 bytes. */
  readonly publicKey: Uint8Array;
  /** Signs bytes as Arweave does: RSA-PSS, SHA-256, 32 bytes of salt. */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

const RSA_PSS = {
  name: 'RSA-PSS',
  modulusLength: 4096,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
};

/**
 * Generates a wallet, so that the first process needs no wallet extension. The private key stays inside WebCrypto and
 * cannot be extracted. It takes half a second, sometimes several.
 *
 * @example
 * ```ts
 * import { createDataItemSigner } from 'ao-unit';
 * import { generateWallet } from 'ao-unit/wallet';
 *
 * const signer = createDataItemSigner(await generateWallet());
 * ```
 */
export async function generateWallet(): Promise<Wallet> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(RSA_PSS, false, ['sign', 'verify']);
  const modulus = await modulusOf(publicKey);
  return {
    address: encodeBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', modulus))),
    publicKey: modulus,
    async sign(bytes) {
      const algorithm = { name: 'RSA-PSS', saltLength: 32 };
      // A copy, because WebCrypto takes no view of shared memory.
      return new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, bytes.slice()));
    },
  };
}

async function modulusOf(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  const { n } = await crypto.subtle.exportKey('jwk', key);
  return decodeBase64Url(n as string);
}
