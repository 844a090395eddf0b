import { signal } from '@preact/signals';

/** What went wrong where no call hears of it, by its code: only the last of each. */
export const troubles = signal<ReadonlyMap<string, string>>(new Map());

/** Tells of a trouble. */
export function trouble(code: string, message: string): void {
  troubles.value = new Map(troubles.peek()).set(code, message);
}

/** A trouble is over, or the reader has seen it. */
export function over(code: string): void {
  if (troubles.peek().has(code)) troubles.value = new Map([...troubles.peek()].filter(([other]) => other !== code));
}
