/** As tests/vectors/filler.mjs has it: data too long to be kept in a file. */
export function filler(length) {
  return Uint8Array.from({ length }, (_, at) => at ^ (at >> 8) ^ (at >> 16));
}
