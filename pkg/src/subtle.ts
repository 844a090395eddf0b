import { copyOf } from './bytes.js';
import { UnitError } from './error.js';

/**
 * WebCrypto.
 *
 * @throws {@link UnitError} `UNSUPPORTED` where the page may not use it: on plain http.
 */
export function subtle(): SubtleCrypto {
  // Its type says that it is always there; a page on plain http has none.
  const found = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (found) return found;
  throw new UnitError('UNSUPPORTED', 'WebCrypto needs a secure context: serve the page over https or from localhost');
}

/** The SHA-256 of `bytes`. */
export async function sha256(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  // A copy, because WebCrypto takes no view of shared memory.
  return new Uint8Array(await subtle().digest('SHA-256', copyOf(bytes)));
}
