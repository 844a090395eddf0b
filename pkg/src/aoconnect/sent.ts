/**
 * What a caller gave as an id, a time or a number, as the unit is asked for it: without white space around it, as the
 * end of a line that was read from a file, and with the replacement character for half a character. aoconnect writes it
 * into an address, which comes to most of that.
 */
export function asSent(text: string): string {
  return text.trim().replace(/\p{Surrogate}/gu, '\uFFFD');
}
