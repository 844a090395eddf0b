import { unitSealer } from './calls.js';
import { UnitError } from './error.js';
import { itemId, outlineOf } from './items/outline.js';
import { signItem } from './sign.js';
import { waiting, type WaitOptions } from './waiting.js';
import { pageSigner } from './wallet.js';
import { generateKey } from './wallets/key.js';
import type { ArchiveMark, ArchivePart, Ask } from './protocol.js';
import type { Signer } from './signer.js';
import type { Tag } from './types.js';

/** What `unit.archive()` takes. */
export interface ArchiveOptions extends WaitOptions {
  /** The address of a bundler: what `/tx` is appended to. */
  url: URL | string;
  /** Signs each bundle, and so pays for it. The page's own wallet, if left out. */
  signer?: Signer | undefined;
  /** Tags for each bundle, after those that say that it is one. */
  tags?: Tag[] | undefined;
}

/** What was posted. */
export interface Archived {
  /** The ids of the bundles, in the order of the log. */
  ids: string[];
  /** How many items they have: messages, assignments and the state. */
  items: number;
  /** The size of all of it. */
  bytes: number;
}

const BUNDLE: readonly Tag[] = [
  { name: 'Bundle-Format', value: 'binary' },
  { name: 'Bundle-Version', value: '2.0.0' },
];

/**
 * Posts a process, part by part, for as long as it is waited for. What was posted stays posted.
 *
 * @param asking - asks the unit, until a signal is aborted if there is one.
 */
export async function archive(
  asking: (given: AbortSignal | undefined) => Ask,
  process: string,
  { timeout, signal, ...options }: ArchiveOptions,
): Promise<Archived> {
  const archived: Archived = { ids: [], items: 0, bytes: 0 };
  const run = (given: AbortSignal | undefined) => postAll(asking(given), process, options, archived, given);
  try {
    await waiting({ timeout, signal }, run);
    return archived;
  } catch (error) {
    throw isGivenUp(error) ? new UnitError(error.code, `${error.message}${named(archived.ids)}`, { cause: error.cause }) : error;
  }
}

async function postAll(
  ask: Ask,
  process: string,
  { url, signer = pageSigner, tags = [] }: Omit<ArchiveOptions, keyof WaitOptions>,
  archived: Archived,
  signal: AbortSignal | undefined,
): Promise<void> {
  const address = `${String(url).replace(/\/+$/, '')}/tx`;
  const key = await generateKey(undefined, false);
  let mark: ArchiveMark | undefined = { nonce: 0 };
  while (mark) {
    signal?.throwIfAborted();
    const { data, items, next }: ArchivePart = await ask('archivePart', process, mark, key);
    const raw = await signItem(unitSealer(ask), signer, { data, tags: [...BUNDLE, ...tags] });
    const id = await idOf(raw);
    await post(address, raw, signal, archived.ids);
    archived.ids.push(id);
    archived.items += items;
    archived.bytes += raw.length;
    mark = next;
  }
}

async function post(address: string, raw: Uint8Array, signal: AbortSignal | undefined, posted: string[]) {
  const failed = (reason: string, cause?: unknown) =>
    new UnitError('ARCHIVE_FAILED', `${address} ${reason}${named(posted)}`, { cause });
  const headers = { 'content-type': 'application/octet-stream' };
  let response: Response;
  try {
    response = await fetch(address, {
      method: 'POST',
      headers,
      body: raw as Uint8Array<ArrayBuffer>,
      ...(signal && { signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw failed(`cannot be reached: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  if (response.ok) return;
  const words = (await response.text().catch(() => '')).trim().slice(0, MOST_WORDS);
  throw failed(`answered ${response.status}${words && `: ${words}`}`);
}

/** What was paid for, and needs not be posted again. */
function named(posted: string[]): string {
  return posted.length > 0 ? `; posted before: ${posted.join(', ')}` : '';
}

function isGivenUp(error: unknown): error is UnitError {
  return error instanceof UnitError && ['TIMEOUT', 'ABORTED'].includes(error.code);
}

/** A page of an error in HTML helps nobody to its end. */
const MOST_WORDS = 500;

/** The id of what the signer made. */
async function idOf(raw: Uint8Array): Promise<string> {
  const outline = outlineOf(raw);
  if (outline) return itemId(outline);
  throw new UnitError('SIGNER_INVALID', 'the signer answered bytes that are no data item');
}
