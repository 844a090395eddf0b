import { describe } from './describe.js';
import { UnitError } from './error.js';

/**
 * The bytes of what a caller wants an item to hold.
 *
 * @throws {@link UnitError} `DATA_INVALID` for anything else than bytes: what has none would otherwise be signed as
 *   nothing at all.
 */
export function toBytes(value: unknown): Uint8Array {
  const bytes = asBytes(value);
  if (bytes) return bytes;
  const remedy = 'JSON.stringify() makes text of other values, blob.arrayBuffer() bytes of a Blob';
  const message = `the data is ${describe(value)}, but text, an ArrayBuffer or a view of one can be signed: ${remedy}`;
  throw new UnitError('DATA_INVALID', message);
}

/**
 * The bytes of a view, a buffer or a plain array of bytes, whichever window or worker made them; of anything else,
 * `undefined`. What is shared is copied: it may change, and hashes and signatures take none of it.
 */
export function asBytes(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) {
    const bytes = value instanceof Uint8Array ? value : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return isBuffer(value.buffer) ? bytes : new Uint8Array(bytes);
  }
  if (isBuffer(value)) return new Uint8Array(value);
  if (isShared(value)) return new Uint8Array(new Uint8Array(value));
  return Array.isArray(value) && value.every(isByte) ? Uint8Array.from(value) : undefined;
}

/** A copy, in memory of its own. `slice()` is none where the bytes are a `Buffer`: there it is a view. */
export function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // What has no bytes is nothing, which whoever is given it refuses.
  return new Uint8Array(asBytes(bytes) ?? []);
}

/** `0x…`, in lower case. */
export function encodeHex(bytes: Uint8Array): string {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The bytes of `0x…`; `undefined` when the text is nothing of the kind. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^0x(?:[0-9a-f]{2})*$/i.test(text)) return undefined;
  const pairs = text.slice(2).match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => parseInt(pair, 16));
}

/** `instanceof` knows the buffers of its own window alone, and extensions make theirs in another. */
function isBuffer(value: unknown): value is ArrayBuffer {
  return kindOf(value) === '[object ArrayBuffer]';
}

function isShared(value: unknown): value is SharedArrayBuffer {
  return kindOf(value) === '[object SharedArrayBuffer]';
}

function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}
