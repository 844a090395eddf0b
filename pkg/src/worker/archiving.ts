import { createBundle } from '../wasm/unit.js';
import { encodeBase64Url } from '../base64url.js';
import { encodeHex } from '../bytes.js';
import { sha256 } from '../subtle.js';
import { sealed, type SealedItem } from './sealing.js';
import type { Unit } from '../wasm/unit.js';
import type { ArchiveMark, ArchivePart } from '../protocol.js';
import type { LogEdge, LogItem, Tag } from '../types.js';
import type { KeyPair } from '../wallets/key.js';

/** A part has no more items than this … */
const MOST_ITEMS = 5_000;
/** … and no more bytes, unless it is the state alone. */
const MOST_BYTES = 50_000_000;
/** So many entries of the log are read at once. */
const ENTRIES_AT_ONCE = 50;

/** Whose archive it is. */
export interface Subject {
  process: string;
  module: string;
}

/**
 * A bundle of what the log of a process has from `mark` on: each message and its assignment, and after the last of
 * them the state. What users signed stays as they signed it; everything else nobody ever signed, and `key` does.
 */
export async function archivePart(
  unit: Unit,
  { process, module }: Subject,
  mark: ArchiveMark,
  key: KeyPair,
): Promise<ArchivePart> {
  const part = new Part();
  let next = mark;
  for (;;) {
    const entries = await readEntries(unit, process, next.nonce);
    for (const entry of entries) {
      const message = await messageItem(entry, key);
      const assignment = await assignmentItem(entry.node.assignment, key);
      const added = message ? [message.raw, assignment.raw] : [assignment.raw];
      if (!part.takes(added)) return part.end(next);
      const { tags } = entry.node.assignment;
      next = { nonce: nonceOf(tags) + 1, last: { id: assignment.id, tags } };
    }
    if (entries.length > 0) continue;

    const file = await unit.exportProcess(process);
    // What came in the meantime belongs to the state: it has to be in the archive too.
    if ((await readEntries(unit, process, next.nonce)).length > 0) continue;
    const state = await checkpointItem(file, { module, unit: unit.address, process }, next.last, key);
    return part.takes([state.raw]) ? part.end() : part.end(next);
  }
}

/** Items, up to what a bundle is to have. */
class Part {
  readonly #items: Uint8Array[] = [];
  #bytes = 0;

  takes(items: Uint8Array[]): boolean {
    const bytes = items.reduce((sum, { length }) => sum + length, 0);
    const isFull = this.#items.length + items.length > MOST_ITEMS || this.#bytes + bytes > MOST_BYTES;
    // What is too large for any part has one to itself.
    if (isFull && this.#items.length > 0) return false;
    this.#items.push(...items);
    this.#bytes += bytes;
    return true;
  }

  end(next?: ArchiveMark): ArchivePart {
    const data = createBundle(this.#items);
    return { data, items: this.#items.length, ...(next && { next }) };
  }
}

/** An entry of the log, and its message byte for byte. */
interface Entry extends LogEdge {
  bytes: Uint8Array;
}

async function readEntries(unit: Unit, process: string, nonce: number): Promise<Entry[]> {
  const { page, bytes } = await unit.logItems(process, nonce, ENTRIES_AT_ONCE);
  const { edges } = JSON.parse(page) as { edges: LogEdge[] };
  return edges.map((edge, index) => ({ ...edge, bytes: bytes[index] as Uint8Array }));
}

/** The message; none of one that is for another process. */
async function messageItem({ node: { message }, bytes }: Entry, key: KeyPair): Promise<SealedItem | undefined> {
  if (!message) return undefined;
  if (message.signature) return { id: message.id, raw: bytes };
  const { target, anchor, tags } = message;
  try {
    return await sealed({ data: bytes, tags: [...tags, unitId(message)], target, anchor }, key);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ITEM_INVALID') throw error;
    return sealedAsJson(message, bytes, key);
  }
}

/** A process may send what no data item can hold, such as a tag of a megabyte. */
async function sealedAsJson(message: LogItem, bytes: Uint8Array, key: KeyPair): Promise<SealedItem> {
  const { target, anchor, tags } = message;
  const named = { 'Data-Protocol': 'ao', Type: 'Message', Variant: 'ao.TN.1', 'Content-Type': 'application/json' };
  const data = JSON.stringify({ target, anchor, tags, data: encodeBase64Url(bytes) });
  const own = Object.entries(named).map(([name, value]) => ({ name, value }));
  return sealed({ data, tags: [...own, unitId(message)], target: '', anchor: null }, key);
}

/** The assignment, as the network's schedulers have it. */
async function assignmentItem(assignment: LogItem, key: KeyPair): Promise<SealedItem> {
  return sealed({ data: '', tags: [...assignment.tags, unitId(assignment)], target: '', anchor: null }, key);
}

/** The state as `importProcess` takes it, under the tags of the network's checkpoints. */
async function checkpointItem(
  file: Uint8Array,
  about: { module: string; unit: string; process: string },
  last: ArchiveMark['last'],
  key: KeyPair,
): Promise<SealedItem> {
  const of = (wanted: string) => last?.tags.find(({ name }) => name === wanted)?.value ?? '';
  const named = {
    'Data-Protocol': 'ao',
    Variant: 'ao.TN.1',
    Type: 'Checkpoint',
    Module: about.module,
    Process: about.process,
    Nonce: of('Nonce'),
    Timestamp: of('Timestamp'),
    'Block-Height': of('Block-Height'),
    'Content-Type': 'application/octet-stream',
    'SHA-256': encodeHex(await sha256(file)).slice(2),
    'Content-Encoding': 'gzip',
    'Unit-Identifier': about.unit,
    Ordinate: of('Nonce'),
    Assignment: last?.id ?? '',
    'Hash-Chain': of('Hash-Chain'),
    Epoch: of('Epoch'),
    // The network's checkpoints are the bare memory of a machine; this one is more, and says so.
    'State-Format': 'ao-unit-export',
  };
  const tags = Object.entries(named).map(([name, value]) => ({ name, value }));
  return sealed({ data: await gzipped(file), tags, target: '', anchor: null }, key);
}

/** The id that the unit knows something by: sealed as an item, it has another. */
function unitId({ id }: LogItem): Tag {
  return { name: 'Unit-Id', value: id };
}

function nonceOf(tags: readonly Tag[]): number {
  return Number(tags.find(({ name }) => name === 'Nonce')?.value);
}

async function gzipped(bytes: Uint8Array): Promise<Uint8Array> {
  const compressed = new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}
