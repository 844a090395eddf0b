import type { Tag } from './types.js';

/**
 * The tags that a client adds to what a user sends, in the order in which aoconnect adds them.
 * The order is observable: a process reads it in `msg.TagArray`, and the item's id depends on it.
 *
 * A tag belongs to the `Data-Protocol` tag before it. Those before the first one belong to none;
 * the protocol's own tags go to the end of the `ao` section.
 */

const PROTOCOL = 'Data-Protocol';
const VARIANT = 'ao.TN.1';

/** The tags of a message. */
export function messageTags(tags: readonly Tag[] | undefined, data: unknown): Tag[] {
  return protocolTags(tags, data, [{ name: 'Type', value: 'Message' }]);
}

/** The tags of a spawn. `timestamp` is in milliseconds: two spawns with equal arguments differ by it. */
export function spawnTags(
  tags: readonly Tag[] | undefined,
  data: unknown,
  process: { module: string; scheduler: string; timestamp: number },
): Tag[] {
  return protocolTags(tags, data, [
    { name: 'Type', value: 'Process' },
    { name: 'Module', value: process.module },
    { name: 'Scheduler', value: process.scheduler },
    { name: 'Timestamp', value: String(process.timestamp) },
  ]);
}

/** The tags of a dry-run: the protocol's are appended even to those that the caller gave already. */
export function dryRunTags(tags: readonly Tag[] | undefined): Tag[] {
  return [
    ...(tags ?? []),
    { name: PROTOCOL, value: 'ao' },
    { name: 'Type', value: 'Message' },
    { name: 'Variant', value: VARIANT },
  ];
}

/** The data that is signed: an item is never empty. */
export function itemData<D>(data: D): NonNullable<D> | ' ' {
  return data ? data : ' ';
}

function protocolTags(given: readonly Tag[] | undefined, data: unknown, process: readonly Tag[]): Tag[] {
  const variant = given?.find(({ name }) => name.toLowerCase() === 'variant')?.value || VARIANT;
  const own = [{ name: 'Variant', value: variant }, ...process];
  let tags = (given ?? []).map(bare);
  for (const { name } of own) if (name !== 'Timestamp') tags = withoutAoTag(tags, name);
  tags = withAoTags(tags, own);

  const unassociated = [{ name: 'SDK', value: 'aoconnect' }];
  if (!data) unassociated.unshift({ name: 'Content-Type', value: 'text/plain' });
  return insertAt(tags, tags.findIndex(({ name }) => name === PROTOCOL), unassociated);
}

/** A tag and nothing more. What is no tag stays what it is: it is refused by its place among them. */
function bare(tag: Tag): Tag {
  if (Object(tag) !== tag) return tag;
  const { name, value } = tag;
  return 'value' in tag ? { name, value } : ({ name } as Tag);
}

/** The `ao` section, its `Data-Protocol` tag not included: from `start` to `end`. */
interface Section {
  start: number;
  end: number;
}

/** From the first `Data-Protocol: ao` to the next other protocol, if there is one. */
function aoSection(tags: readonly Tag[]): Section | undefined {
  const header = tags.findIndex(isAoHeader);
  if (header < 0) return undefined;
  const next = tags.findIndex((tag, i) => i > header && tag.name === PROTOCOL && !isAoHeader(tag));
  return { start: header + 1, end: next < 0 ? tags.length : next };
}

/** Takes a tag that the client decides on out of the `ao` section; a section that is empty then goes altogether. */
function withoutAoTag(tags: Tag[], removed: string): Tag[] {
  const section = aoSection(tags);
  return section ? replaceSection(tags, section, ({ name }) => name !== removed, []) : tags;
}

/** Appends to the `ao` section, which is made at the end if there is none. */
function withAoTags(tags: Tag[], added: Tag[]): Tag[] {
  const section = aoSection(tags);
  return section
    ? replaceSection(tags, section, () => true, added)
    : [...tags, { name: PROTOCOL, value: 'ao' }, ...added];
}

function replaceSection(tags: Tag[], { start, end }: Section, keep: (tag: Tag) => boolean, added: Tag[]): Tag[] {
  // A section names its protocol once: what repeats it is dropped.
  const body = [...tags.slice(start, end).filter((tag) => !isAoHeader(tag) && keep(tag)), ...added];
  return [...tags.slice(0, body.length > 0 ? start : start - 1), ...body, ...tags.slice(end)];
}

function isAoHeader({ name, value }: Tag): boolean {
  return name === PROTOCOL && value === 'ao';
}

function insertAt(tags: readonly Tag[], index: number, added: readonly Tag[]): Tag[] {
  return [...tags.slice(0, index), ...added, ...tags.slice(index)];
}
