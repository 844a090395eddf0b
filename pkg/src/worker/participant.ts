import { decodeBase64Url, encodeBase64Url } from '../base64url.js';
import { sha256, subtle } from '../subtle.js';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' };

/**
 * Whoever takes part in a storage. Any page of the origin can listen to a channel whose name it knows: so two who talk
 * agree on a name by their keys, and the others do not come to know it.
 */
export class Participant {
  /** By which the others know it. */
  readonly key: string;
  readonly #own: CryptoKey;

  private constructor(key: string, own: CryptoKey) {
    this.key = key;
    this.#own = own;
  }

  static async make(): Promise<Participant> {
    const { publicKey, privateKey } = await subtle().generateKey(CURVE, false, ['deriveBits']);
    const key = encodeBase64Url(new Uint8Array(await subtle().exportKey('raw', publicKey)));
    return new Participant(key, privateKey);
  }

  /** What this one and the holder of `key` alone can know; nothing if that is no key. */
  async secretWith(key: string): Promise<string | undefined> {
    try {
      const theirs = await subtle().importKey('raw', decodeBase64Url(key), CURVE, false, []);
      const bits = await subtle().deriveBits({ name: 'ECDH', public: theirs }, this.#own, 256);
      return encodeBase64Url(await sha256(new Uint8Array(bits)));
    } catch {
      return undefined;
    }
  }
}
