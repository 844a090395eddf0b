import { encodeBase64Url } from '../base64url.js';
import { sha256 } from '../subtle.js';
import type { Tag } from '../types.js';

/**
 * What an item says of itself, as far as the page has to know what it is about to send. Bytes that `crate/data-item`
 * reads are read here, and in the same way; what is malformed, and where, that crate alone says.
 */
export interface Outline {
  signature: Uint8Array;
  /** Base64url. */
  target: string | undefined;
  tags: Tag[];
}

/** How many bytes a signature and an owner have, by the signature type of ANS-104. */
const LENGTHS: ReadonlyMap<unknown, readonly [signature: number, owner: number]> = new Map([
  [1, [512, 512]],
  [2, [64, 32]],
  [3, [65, 65]],
  [4, [64, 32]],
  [7, [65, 42]],
]);

/** Whether items can be signed with this type. */
export function isSignatureType(type: unknown): type is number {
  return LENGTHS.has(type);
}

/** How many bytes the public key has that signs with this type. */
export function ownerLength(type: number): number | undefined {
  return LENGTHS.get(type)?.[1];
}

/** Reads an item; `undefined` when the bytes are none. */
export function outlineOf(raw: Uint8Array): Outline | undefined {
  const reader = new Reader(raw);
  try {
    const lengths = LENGTHS.get(reader.integer(2));
    if (!lengths) return undefined;
    const signature = reader.take(lengths[0]);
    reader.take(lengths[1]);
    const target = optional(reader);
    optional(reader);
    const count = reader.integer(8);
    const tags = tagsOf(new Reader(reader.take(reader.integer(8))), count);
    return { signature, target: target && encodeBase64Url(target), tags };
  } catch (error) {
    // The bytes end too early, or text is no UTF-8.
    if (error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The id of an item: base64url of the SHA-256 of its signature, whatever its type. */
export async function itemId({ signature }: Outline): Promise<string> {
  return encodeBase64Url(await sha256(signature));
}

function optional(reader: Reader): Uint8Array | undefined {
  return reader.integer(1) === 0 ? undefined : reader.take(32);
}

/** Blocks of tags, up to one that is empty (Avro: a negative count says that the block's length follows). */
function tagsOf(reader: Reader, count: number): Tag[] {
  const tags: Tag[] = [];
  if (count === 0) return tags;
  for (let left = reader.long(); left !== 0; left = reader.long()) {
    if (left < 0) reader.long();
    for (let i = Math.abs(left); i > 0; i -= 1) tags.push({ name: reader.text(), value: reader.text() });
  }
  return tags;
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(length: number): Uint8Array {
    if (!(length >= 0 && length <= this.#bytes.length - this.#at)) throw new RangeError('the bytes end');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** Little-endian. One above 2⁵³ is not exact, and far more than there are bytes. */
  integer(length: number): number {
    return this.take(length).reduceRight((number, byte) => number * 256 + byte, 0);
  }

  /** Avro's number: seven bits a byte, the lowest first, the sign in the lowest bit. */
  long(): number {
    let number = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.integer(1);
      number += (byte % 128) * scale;
      if (byte < 128) return number % 2 === 0 ? number / 2 : -(number + 1) / 2;
    }
  }

  text(): string {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(this.long()));
  }
}
