/** What a terminal takes for a colour. */
const COLOURS = /\u001b\[[\d;]*m/g;

/** Text that a process wrote for a terminal, for any other reader. */
export function withoutColours(text: string): string {
  return text.replace(COLOURS, '').trim();
}
