import type { Step } from '../examples/examples.ts';
import { MAIN, nameProblem, type SourceFile } from '../workspace/source-file.ts';

/** What a link holds: code, and what to send to it. */
export interface Shared {
  readonly title: string;
  readonly description: string;
  readonly files: readonly SourceFile[];
  /** How many processes of each name. */
  readonly cast: Readonly<Record<string, number>>;
  /** Further tags of their spawns. */
  readonly spawn: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** The version of what stands in a link. */
const VERSION = 'v1';
/** A link of a few hundred bytes may unpack to as much as it likes: so many bytes are taken at most. */
const MOST_BYTES = 4_000_000;
/** No more processes than the largest example has, twice; no more steps and files than a person reads. */
const MOST_PROCESSES = 100;
const MOST_STEPS = 200;
const MOST_FILES = 50;

/**
 * The fragment of a link, without `#`: version, then base64url of compressed JSON. Nothing of it reaches a server.
 *
 * @throws a `RangeError` if it is more than {@link fromFragment} reads.
 */
export async function toFragment(shared: Shared): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(shared));
  if (bytes.length > MOST_BYTES) {
    throw new RangeError(`this is ${bytes.length.toLocaleString('en')} bytes, and a link holds ${MOST_BYTES.toLocaleString('en')} at most: share it without messages, or with less code`);
  }
  const packed = await bytesOf(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw')));
  return `${VERSION}.${toBase64Url(packed)}`;
}

/** Whether a fragment is one of ours. */
export function isFragment(fragment: string): boolean {
  return /^v\d+\./.test(fragment);
}

/**
 * What a fragment holds. It is read, and nothing of it is run.
 *
 * @throws an `Error` that says what is wrong with it.
 */
export async function fromFragment(fragment: string): Promise<Shared> {
  const [version = '', text = ''] = fragment.split('.', 2);
  if (version !== VERSION) {
    throw new Error(`this link is of version ${version}, and this playground reads ${VERSION}: a newer one may read it`);
  }
  return checked(await unpacked(text));
}

async function unpacked(text: string): Promise<unknown> {
  try {
    const stream = new Blob([fromBase64Url(text)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(stream)));
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw new Error('this link is damaged: a part of it may have been cut off when it was copied', { cause });
  }
}

/** A stranger wrote it: it is taken for what it should be only where it is. */
function checked(value: unknown): Shared {
  if (!isRecord(value)) throw new Error('this link holds no code');
  const { title = '', description = '', files, cast = { process: 1 }, spawn = {}, steps = [] } = value;
  const valid =
    typeof title === 'string' &&
    typeof description === 'string' &&
    isFiles(files) &&
    isRecord(cast) &&
    isCast(cast) &&
    isTexts(spawn) &&
    Array.isArray(steps) &&
    steps.length <= MOST_STEPS &&
    steps.every(isStep);
  if (!valid) throw new Error('what this link holds is not what a playground shares');
  return { title, description, files, cast: cast as Record<string, number>, spawn, steps };
}

function isStep(step: unknown): step is Step {
  if (!isRecord(step)) return false;
  const { says, from = '', to = '', tags = {}, id = '', call = 'monitor', expected } = step;
  const texts = [says, from, to, id].every((text) => typeof text === 'string');
  return texts && isTexts(tags) && (call === 'monitor' || call === 'unmonitor') && isExpected(expected);
}

function isExpected(expected: unknown): boolean {
  if (!isRecord(expected)) return false;
  const { messages = [], output = '', reads = {} } = expected;
  const isOutput = typeof output === 'string' || (typeof output === 'object' && output !== null);
  return Array.isArray(messages) && isOutput && isRecord(reads) && Object.values(reads).every(isRecord);
}

/** As the editor would have let them be named: `main.lua` is there, and no name twice. */
function isFiles(files: unknown): files is SourceFile[] {
  if (!Array.isArray(files) || files.length > MOST_FILES) return false;
  const read: SourceFile[] = [];
  for (const file of files as unknown[]) {
    if (!isRecord(file) || typeof file.name !== 'string' || typeof file.text !== 'string') return false;
    const { name, text } = file;
    const isNew = !read.some((other) => other.name === name);
    if (!isNew || (name !== MAIN && nameProblem(name, read) !== undefined)) return false;
    read.push({ name, text });
  }
  return read.some(({ name }) => name === MAIN);
}

function isCast(cast: Record<string, unknown>): boolean {
  const counts = Object.values(cast);
  const whole = counts.every((count) => Number.isInteger(count) && (count as number) > 0);
  return whole && counts.length > 0 && counts.reduce<number>((sum, count) => sum + (count as number), 0) <= MOST_PROCESSES;
}

function isTexts(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function bytesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    parts.push(value);
    length += value.length;
    if (length > MOST_BYTES) {
      await reader.cancel();
      throw new RangeError(`this link unpacks to more than ${MOST_BYTES.toLocaleString('en')} bytes, which none that was shared here does`);
    }
  }
}

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  // In parts: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
