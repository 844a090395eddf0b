/** The bytes of a view, a buffer or a plain array of numbers, whichever window or worker made them. */
export function toBytes(value: ArrayBuffer | ArrayBufferView | ArrayLike<number>): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return isBuffer(value) ? new Uint8Array(value) : Uint8Array.from(value);
}

/** Whether {@link toBytes} can read it. */
export function isBytes(value: unknown): value is ArrayBuffer | ArrayBufferView | number[] {
  return ArrayBuffer.isView(value) || isBuffer(value) || Array.isArray(value);
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
  return Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}
