/** Bytes that are the same everywhere, and whose every block differs: data too long to be kept in a file. */
export function filler(length) {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) {
    bytes[at] = at ^ (at >> 8) ^ (at >> 16);
  }
  return bytes;
}
