import { signal } from '@preact/signals';

/** A part of what the console shows. */
export interface Entry {
  readonly number: number;
  readonly kind: 'input' | 'output' | 'error' | 'note';
  /** With terminal colours. */
  readonly text: string;
  /** Of an input. */
  readonly prompt?: string;
}

/** So many entries are kept, and so many characters of each: a process may print without end. */
const MOST_ENTRIES = 500;
const MOST_CHARACTERS = 20_000;

/** What the console shows, the oldest first. */
export const transcript = signal<readonly Entry[]>([]);

let next = 0;

/** Shows more. What is too old gives way. */
export function show(...entries: readonly Omit<Entry, 'number'>[]): void {
  const added = entries.map((entry) => ({ ...entry, text: shortened(entry.text), number: (next += 1) }));
  transcript.value = [...transcript.value, ...added].slice(-MOST_ENTRIES);
}

/** Shows nothing any more. */
export function clear(): void {
  transcript.value = [];
}

function shortened(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  return `${text.slice(0, MOST_CHARACTERS)}\u001b[0m\n… ${(text.length - MOST_CHARACTERS).toLocaleString('en')} characters more`;
}
