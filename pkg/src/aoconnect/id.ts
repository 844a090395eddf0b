/**
 * The id in what a caller gave as one. White space around it is no part of it, as the end of a line that was read from a
 * file: aoconnect writes ids into addresses, where most of it is lost.
 */
export function idIn(text: string): string {
  return text.trim();
}
