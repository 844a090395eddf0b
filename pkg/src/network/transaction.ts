import { encodeBase64Url } from '../base64url.js';
import { sha256 } from '../subtle.js';
import type { Found, LogItem, Tag } from '../types.js';

/** Something that a gateway has under its id: a data item, where it stands, and whose data it is. */
export interface Transaction {
  id: string;
  anchor: string;
  signature: string;
  recipient: string;
  owner: { address: string; key: string };
  tags: Tag[];
  /** The block that it is in; none of what was never mined. */
  block: BlockPlace | undefined;
  /** How many bytes its data has, if that is known without reading it. */
  size: number | undefined;
  /** In which log its data is; none of what has no data. */
  place: LogPlace | undefined;
}

export interface BlockPlace {
  height: number;
  /** Milliseconds since 1970. */
  time: number;
}

export interface LogPlace {
  process: string;
  nonce: number;
}

/** What a log's entry is to a gateway: a message, unless it is for another process, and an assignment. */
export function transactionsOf({ process, message, assignment }: Found): Transaction[] {
  const block = { height: Number(tagOf(assignment, 'Block-Height')), time: Number(tagOf(assignment, 'Timestamp')) };
  const place = { process, nonce: Number(tagOf(assignment, 'Nonce')) };
  const assigned = transactionOf(assignment, block, undefined);
  return message ? [transactionOf(message, block, place), assigned] : [assigned];
}

function transactionOf(item: LogItem, block: BlockPlace, place: LogPlace | undefined): Transaction {
  const { id, anchor, signature, target, owner, tags, data } = item;
  const size = sizeOf(data ?? '');
  return { id, anchor: anchor ?? '', signature, recipient: target, owner, tags, block, size, place };
}

/** Text that has this character may have been bytes that are no text. */
const REPLACED = '\uFFFD';

function sizeOf(text: string): number | undefined {
  return text.includes(REPLACED) ? undefined : new TextEncoder().encode(text).length;
}

/** The value of the first tag of a name. */
export function tagOf({ tags }: { tags: readonly Tag[] }, name: string): string | undefined {
  return tags.find((tag) => tag.name === name)?.value;
}

/** The oldest first; what was never mined before everything else. */
export function byTime(one: Transaction, other: Transaction): number {
  return (one.block?.time ?? 0) - (other.block?.time ?? 0);
}

/** `Content-Type`, as a gateway serves it. */
export function contentTypeOf(transaction: { tags: readonly Tag[] }): string | undefined {
  return tagOf(transaction, 'Content-Type');
}

/** The id of what nobody signed: the hash of what it is. */
export async function unsignedId(words: string): Promise<string> {
  return encodeBase64Url(await sha256(new TextEncoder().encode(words)));
}
