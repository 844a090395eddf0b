import type { LogEdge, LogItem, Tag } from 'ao-unit/unit';

/** How it stands with a message of a log. */
export type Status = 'assigned' | 'evaluated' | 'failed';

/** A line of a process's log: a message in its place, or a tick of its cron. */
export interface Entry {
  readonly process: string;
  /** Of a tick, that of the message before it. */
  readonly nonce: number;
  /** Which interval a tick is of: `0-10-seconds`. Empty if that is not known; missing of messages. */
  readonly cron?: string;
  /** Empty of ticks: they have none. */
  readonly id: string;
  /** The process that sent it; else whoever signed it. */
  readonly from: string;
  readonly action: string;
  /** In milliseconds since 1970. */
  readonly time: number;
  /** The id of the message that a user signed and that this one follows from; its own, if it is that one. */
  readonly cause: string;
  readonly status: Status;
  /** Units of gas; missing until it is known. */
  readonly gas?: number;
}

/** What tells an entry from all others of the unit. */
export function keyOf({ process, nonce, cron, time }: Entry): string {
  return cron === undefined ? `${process}/${nonce}` : `${process}/${nonce}/${cron}/${time}`;
}

/** The entry of a page of a log, as it is before anything is known of its outcome. */
export function entryOf(process: string, { node: { message, assignment } }: LogEdge): Entry {
  const nonce = Number(tag(assignment.tags, 'Nonce'));
  const id = tag(assignment.tags, 'Message') ?? message?.id ?? '';
  return {
    process,
    nonce,
    id,
    from: senderOf(message),
    action: nonce === 0 ? 'spawn' : message ? (tag(message.tags, 'Action') ?? '') : 'assignment',
    time: Number(tag(assignment.tags, 'Timestamp')),
    cause: (message && tag(message.tags, 'Pushed-For')) ?? id,
    status: 'assigned',
  };
}

/** Whom a message is from, as a process sees it. Nobody is known of one that was only assigned. */
export function senderOf(message: LogItem | null): string {
  return message ? (tag(message.tags, 'From-Process') ?? message.owner.address) : '';
}

/** The value of the first tag of this name. */
export function tag(tags: readonly Tag[], wanted: string): string | undefined {
  return tags.find(({ name }) => name === wanted)?.value;
}
