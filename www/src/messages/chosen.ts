import { effect, signal } from '@preact/signals';
import type { LogItem, Outcome, Unit } from 'ao-unit/unit';
import { cursorOf } from '../unit/cursor.ts';
import { entryOf, type Entry } from '../unit/entry.ts';
import { unit } from '../unit/session.ts';
import { bytesOf, mayBeOther } from './bytes.ts';

/** The message that the inspector shows. */
export const chosen = signal<Entry | null>(null);

/** What is read of the chosen message, part by part. */
export interface Detail {
  readonly entry: Entry;
  /** `null` of a tick, which nobody sent. */
  readonly message?: LogItem | null;
  /** The data byte for byte, where the text of it may stand for something else. */
  readonly bytes?: Uint8Array;
  readonly outcome?: Outcome | null;
  readonly error?: unknown;
}

export const detail = signal<Detail | null>(null);

/** Keys that are held down choose faster than anybody reads. In milliseconds. */
const PACE_MS = 60;

/** Shows the message with this id, which is in the log of `process`. */
export async function choose(opened: Unit, process: string, message: string): Promise<void> {
  const found = await opened.find(message, { process });
  if (found) chosen.value = entryOf(process, { node: found, cursor: '' });
}

let read: string | undefined;

effect(() => {
  const entry = chosen.value;
  const opened = unit.value;
  if (!entry || !opened) {
    read = undefined;
    detail.value = null;
    return;
  }
  const controller = new AbortController();
  const wait = setTimeout(() => {
    void inspect(opened, entry, controller.signal);
  }, read === undefined ? 0 : PACE_MS);
  return () => {
    clearTimeout(wait);
    controller.abort();
  };
});

async function inspect(opened: Unit, entry: Entry, signal: AbortSignal): Promise<void> {
  read = entry.id;
  let now: Detail = { entry };
  const tell = (more: Partial<Detail>) => {
    now = { ...now, ...more };
    if (!signal.aborted) detail.value = now;
  };
  try {
    const message = entry.cron === undefined ? await messageOf(opened, entry) : null;
    tell({ message });
    if (message && mayBeOther(message.data ?? '')) tell({ bytes: await bytesOf(opened, message) });
    tell({ outcome: await outcomeOf(opened, entry, signal) });
  } catch (error) {
    tell({ error });
  }
}

/** The message itself. One that was assigned from another log is found where it is. */
async function messageOf(opened: Unit, { process, nonce, id }: Entry): Promise<LogItem | null> {
  const { edges } = await opened.log({ process, ...(nonce > 0 && { from: nonce - 1 }), limit: 1 });
  const own = edges[0]?.node.message;
  return own ?? (await opened.find(id))?.message ?? null;
}

/** What it came to, once it did. Ticks are in lists of results alone, and those that failed are not. */
export async function outcomeOf(opened: Unit, { process, nonce, cron, time }: Entry, signal: AbortSignal): Promise<Outcome | null> {
  if (cron === undefined) return opened.outcomeAt(process, nonce, { signal });
  if (cron === '') return null;
  const at = cursorOf({ time, nonce, cron });
  const before = cursorOf({ time, nonce });
  const { edges } = await opened.results({ process, from: before, to: at });
  return edges.at(-1)?.node ?? null;
}
