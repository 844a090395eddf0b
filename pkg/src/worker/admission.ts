import { UnitError } from '../error.js';
import { describe } from '../describe.js';
import { errorToWire } from '../protocol.js';
import type { Reply, Request, UnitApi } from '../protocol.js';

/** What a request is, and in which words it is refused. */
interface Shape {
  fits(value: unknown): boolean;
  words: string;
}

/**
 * What another tab asks, if it reads as a request; what it is told, if that can be nobody's; nothing for what does not
 * even have a number to be answered under. Any page of the origin can pose as a tab that follows, and what it hands to
 * the unit's wasm must not bring down the unit of all others.
 */
export function admitted(data: unknown): { request: Request } | { refusal: Reply } | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { id, method, args } = data as { id?: unknown; method?: unknown; args?: unknown };
  if (!Number.isSafeInteger(id)) return undefined;
  const fault = faultOf(method, args);
  if (fault === undefined) return { request: { id, method, args } as Request };
  return { refusal: { id: id as number, error: errorToWire(new UnitError('ARGUMENT_INVALID', fault)) } };
}

function faultOf(method: unknown, args: unknown): string | undefined {
  if (typeof method !== 'string' || !Object.hasOwn(VERBS, method)) return `there is no verb ${describe(method)}`;
  if (!Array.isArray(args)) return `the arguments of ${method} are ${describe(args)}: they have to be an array`;
  const shapes = VERBS[method as keyof UnitApi];
  if (args.length > shapes.length) return `${method} takes ${shapes.length} arguments, not ${args.length}`;
  const wrong = shapes.findIndex(({ fits }, index) => !fits(args[index]));
  if (wrong < 0) return undefined;
  return `argument ${wrong + 1} of ${method} is ${describe(args[wrong])}: it has to be ${shapes[wrong]!.words}`;
}

/** No id, name or cursor is nearly as long. */
const LONGEST_NAME = 10_000;
/** Expressions and messages to dry-run: an item may have 10 MiB. */
const LONGEST_TEXT = 32 * 1024 * 1024;
/** What is longer is no item that the unit takes, and is refused before it is copied. */
const LARGEST_ITEM = 16 * 1024 * 1024;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_NAME;
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

const name: Shape = { fits: isName, words: `text of up to ${LONGEST_NAME} characters` };
const text: Shape = {
  fits: (value) => typeof value === 'string' && value.length <= LONGEST_TEXT,
  words: `text of up to ${LONGEST_TEXT} characters`,
};
const number: Shape = { fits: (value) => typeof value === 'number', words: 'a number' };
const flag: Shape = { fits: (value) => typeof value === 'boolean', words: 'true or false' };
const bytes: Shape = { fits: isBytes, words: 'bytes' };
const item: Shape = {
  fits: (value) => isBytes(value) && value.length <= LARGEST_ITEM,
  words: `up to ${LARGEST_ITEM} bytes`,
};
const names: Shape = { fits: (value) => Array.isArray(value) && value.every(isName), words: 'an array of text' };
const fields: Shape = {
  fits: (value) => isObject(value) && (isBytes(value.data) || text.fits(value.data)) && isTags(value.tags),
  words: 'data and tags',
};
const descent: Shape = {
  fits: (value) => isObject(value) && isName(value.root) && [value.since, value.after].every(number.fits),
  words: 'a root, a time and a nonce',
};
const mark: Shape = {
  fits: (value) => isObject(value) && number.fits(value.nonce) && (value.last === undefined || isLast(value.last)),
  words: 'the nonce at which an archive goes on',
};
const pair: Shape = { fits: isObject, words: 'a pair of keys' };

function optional({ fits, words }: Shape): Shape {
  return { fits: (value) => value === undefined || value === null || fits(value), words: `${words}, or nothing` };
}

function isTags(value: unknown): boolean {
  return Array.isArray(value) && value.every((tag) => isObject(tag) && text.fits(tag.name) && text.fits(tag.value));
}

function isLast(value: unknown): boolean {
  return isObject(value) && isName(value.id) && isTags(value.tags);
}

const VERBS: { readonly [M in keyof UnitApi]: readonly Shape[] } = {
  accept: [item],
  identify: [item],
  assign: [name, name, names],
  result: [name, name],
  outcomeAt: [name, number],
  dryrun: [name, text, optional(number)],
  inspect: [name, text, optional(name), optional(number)],
  processes: [],
  find: [name, optional(name)],
  clock: [],
  modules: [],
  registerModule: [name, name],
  results: [name, text],
  log: [name, text],
  consequences: [name, descent],
  dataAt: [name, number],
  outbound: [name, number, number],
  advance: [number],
  remove: [name],
  paused: [],
  resume: [name],
  monitor: [name, flag],
  checkpointNow: [name],
  replay: [name],
  fork: [name, optional(number)],
  exportProcess: [name],
  importProcess: [bytes, flag],
  archivePart: [name, mark, pair],
  subscribe: [names],
  watch: [number, name, text, optional(name)],
  unwatch: [number],
  signingHash: [fields, number, bytes],
  recoverEthereumKey: [bytes, bytes],
  sealItem: [fields, number, bytes, bytes],
  impersonate: [text],
  hold: [flag],
  held: [],
  settled: [],
  release: [number],
  setTime: [number],
  snapshot: [],
  revert: [number],
};
