import type { Entry, Look, Survey, SurveyEntry } from './look.ts';

/** A difference between two states, at one path. */
export interface Change {
  readonly path: string;
  /** The path as a person reads it. */
  readonly label: string;
  readonly kind: 'new' | 'changed' | 'removed';
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
}

export interface Changes {
  readonly list: readonly Change[];
  /** There are more than are listed. */
  readonly isCut: boolean;
}

/** More than so many are not looked for. */
const MAX_CHANGES = 500;

interface Request {
  readonly path: string;
  readonly label: string;
  readonly buckets?: readonly number[];
}

/** Where the user's state begins: its globals, handlers by name, the inbox. */
const ROOTS: readonly Request[] = [
  { path: 'own', label: '' },
  { path: 'handlers', label: 'Handlers' },
  { path: 'inbox', label: 'Inbox' },
];

/**
 * What differs between two states. Only digests of what is large travel, and what differs is asked for: each state at
 * most once per level of nesting.
 */
export async function changesBetween(before: Look, after: Look): Promise<Changes> {
  const list: Change[] = [];
  let requests = ROOTS;
  while (requests.length > 0 && list.length < MAX_CHANGES) {
    // One after the other: a state of the past is brought back once, and the worker holds one.
    const older = await before.surveys(requests);
    const newer = await after.surveys(requests);
    requests = requests.flatMap((request, index) => compare(request, older[index], newer[index], list));
  }
  list.sort((one, other) => order(one.path).localeCompare(order(other.path)));
  return { list: list.slice(0, MAX_CHANGES), isCut: list.length > MAX_CHANGES || requests.length > 0 };
}

/** Notes what differs, and answers what must be asked to know more. */
function compare(request: Request, older: Survey | undefined, newer: Survey | undefined, list: Change[]): Request[] {
  const [one, other] = [older ?? NOTHING, newer ?? NOTHING];
  if (one.buckets.length > 0 && other.buckets.length > 0) {
    const buckets = one.buckets.flatMap((digest, index) => (digest === other.buckets[index] ? [] : [index + 1]));
    return buckets.length > 0 ? [{ ...request, buckets }] : [];
  }
  // A table that has grown large, or small: all of its parts are looked at.
  if (one.buckets.length !== other.buckets.length) return [{ ...request, buckets: EVERY_BUCKET }];
  const known = new Map(one.entries.map((entry) => [keyOf(entry), entry]));
  const further: Request[] = [];
  for (const entry of other.entries) {
    const was = known.get(keyOf(entry));
    known.delete(keyOf(entry));
    if (!was) list.push({ ...place(entry), kind: 'new', before: undefined, after: entry });
    else if (was.digest !== entry.digest) further.push(...changed(was, entry, list));
  }
  for (const was of known.values()) list.push({ ...place(was), kind: 'removed', before: was, after: undefined });
  return further;
}

function changed(was: SurveyEntry, entry: SurveyEntry, list: Change[]): Request[] {
  if (was.kind !== 'table' || entry.kind !== 'table' || entry.path === '') {
    list.push({ ...place(entry), kind: 'changed', before: was, after: entry });
    return [];
  }
  const request = { path: entry.path, label: entry.label };
  return was.within && entry.within ? compare(request, was.within, entry.within, list) : [request];
}

const NOTHING: Survey = { entries: [], buckets: [] };
const EVERY_BUCKET = Array.from({ length: 256 }, (_, index) => index + 1);

const keyOf = ({ path, label }: Entry) => path || label;
const place = ({ path, label }: Entry) => ({ path, label });
/** The user's own globals first. */
const order = (path: string) => (path.startsWith('own') ? `0${path}` : path);
