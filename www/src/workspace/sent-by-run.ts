import { kept } from '../app/kept.ts';

/** So many are remembered: a link has the last messages of a process alone. */
const MOST = 1000;

const ids = kept<readonly string[]>('sent-by-run', [], {});

/** Remembers a message with which Run loaded code into a process: it is no part of what the reader sends. */
export function rememberSentByRun(message: string): void {
  ids.value = [...ids.value, message].slice(-MOST);
}

/** Whether Run sent a message: the code that it loaded may be another by now. */
export function isSentByRun(message: string): boolean {
  return ids.peek().includes(message);
}
