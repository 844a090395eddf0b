/**
 * Checks of what callers pass, in the words of aoconnect: its error texts are part of its API.
 */

import { describe } from './describe.js';
import { UnitError } from './error.js';
import type { Signer } from './signer.js';

/** What is wrong with one argument. Names and order of the fields are those of zod, whose errors aoconnect throws. */
export interface Issue {
  code: 'invalid_type';
  expected: string;
  received: string;
  path: (string | number)[];
  message: string;
}

type Path = string | readonly (string | number)[];
type Type = 'string' | 'number' | 'boolean' | 'function' | 'object' | 'array';

/** Collects what is wrong with the arguments of one call. */
export class ArgumentCheck {
  readonly issues: Issue[] = [];

  readonly #context: string;

  /** @param context - what the texts start with: `'Invalid Arguments '`, or nothing. */
  constructor(context = '') {
    this.#context = context;
  }

  /** Notes an issue unless `value` is of the type. Answers whether it is. */
  is(type: Type, path: Path, value: unknown): boolean {
    if (typeName(value) === type) return true;
    this.#add(path, type, value, value === undefined ? 'Required' : `Expected ${type}, received ${typeName(value)}`);
    return false;
  }

  string(path: Path, value: unknown): this {
    this.is('string', path, value);
    return this;
  }

  /** What may be left out: `undefined`, and not `null`. */
  optional(type: Type, path: Path, value: unknown): this {
    if (value !== undefined) this.is(type, path, value);
    return this;
  }

  optionalString(path: Path, value: unknown): this {
    return this.optional('string', path, value);
  }

  /** Text that is not empty, or the issue `empty`. */
  filled(path: Path, value: unknown, empty: string): this {
    if (value === '') this.#add(path, 'string', value, empty);
    else this.is('string', path, value);
    return this;
  }

  /** One of `choices`, if it is not left out. */
  optionalChoice(path: Path, value: unknown, choices: readonly string[]): this {
    if (value === undefined || choices.includes(value as string)) return this;
    const expected = choices.map((choice) => `'${choice}'`).join(' | ');
    if (typeof value !== 'string') this.#add(path, expected, value, `Expected ${expected}, received ${typeName(value)}`);
    else this.#add(path, expected, value, `Invalid enum value. Expected ${expected}, received '${value}'`);
    return this;
  }

  /** A list of tags, whose values are text. */
  tags(path: readonly (string | number)[], tags: unknown): this {
    return this.#tags(path, tags, ['name', 'value']);
  }

  /** A list of tags, whose values may be anything: it is the item that cannot hold them. */
  names(path: readonly (string | number)[], tags: unknown): this {
    return this.#tags(path, tags, ['name']);
  }

  /** @throws {@link UnitError} `ARGUMENT_INVALID`, which names everything that was wrong. */
  done(): void {
    if (this.issues.length > 0) throw new UnitError('ARGUMENT_INVALID', this.#text());
  }

  #tags(path: readonly (string | number)[], tags: unknown, texts: readonly string[]): this {
    if (!this.is('array', path, tags)) return this;
    for (const [index, tag] of (tags as Record<string, unknown>[]).entries()) {
      if (!this.is('object', [...path, index], tag)) continue;
      for (const text of texts) this.string([...path, index, text], tag[text]);
    }
    return this;
  }

  #add(path: Path, expected: string, value: unknown, message: string): void {
    const whole = typeof path === 'string' ? [path] : [...path];
    this.issues.push({ code: 'invalid_type', expected, received: typeName(value), path: whole, message });
  }

  /** An argument is known by the second part of its path: the first says which argument it is in. */
  #text(): string {
    const named = ({ path, message }: Issue) => `${this.#context}'${path[1] || path[0]}': ${message}.`;
    return this.issues.map(named).join(' | ');
  }
}

/**
 * A signer is a function.
 *
 * @throws {@link UnitError} `SIGNER_REQUIRED` without one, `ARGUMENT_INVALID` for anything else.
 */
export function checkSigner(signer: unknown): asserts signer is Signer {
  // What counts as none is aoconnect's: zero and the empty text, too.
  if (!signer) throw new UnitError('SIGNER_REQUIRED', "'undefined': Required.");
  const check = new ArgumentCheck();
  check.is('function', 'undefined', signer);
  check.done();
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number' && Number.isNaN(value)) return 'nan';
  return typeof value === 'object' ? kindOf(value) : typeof value;
}

/** The kinds of objects that zod tells apart. A promise that nobody waited for is the most usual of wrong arguments. */
function kindOf(value: object): string {
  if (Array.isArray(value)) return 'array';
  const { then, catch: caught } = value as Partial<Promise<unknown>>;
  if (typeof then === 'function' && typeof caught === 'function') return 'promise';
  if (value instanceof Map) return 'map';
  if (value instanceof Set) return 'set';
  return value instanceof Date ? 'date' : 'object';
}

/**
 * What a caller of aoconnect gets to see of whatever was thrown, a user's signer included. What is no error becomes one,
 * with the code `WALLET_FAILED` unless it has one of its own.
 */
export function errorFrom(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const { message, code = 'WALLET_FAILED' } = Object(thrown) as { message?: unknown; code?: unknown };
  const words = typeof thrown === 'string' ? thrown : String(message ?? 'An error occurred');
  const error = new Error(words, { cause: thrown });
  // Wallets of Ethereum throw plain objects, and their number says more than their words.
  return Object.assign(error, { code });
}

/**
 * Text, where TypeScript did not see to it.
 *
 * @throws {@link UnitError} `ARGUMENT_INVALID`, which names the argument.
 */
export function checkText(name: string, value: unknown): asserts value is string {
  if (typeof value === 'string') return;
  throw new UnitError('ARGUMENT_INVALID', `${name} is ${describe(value)}: it has to be text`);
}

/**
 * An object of named values, where TypeScript did not see to it.
 *
 * @throws {@link UnitError} `ARGUMENT_INVALID`, which names the argument.
 */
export function checkObject(name: string, value: unknown): asserts value is object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new UnitError('ARGUMENT_INVALID', `${name} is ${describe(value)}: it has to be an object of named values`);
}

/**
 * Nonces and counts go to the unit as numbers, where -1 would be 0.
 *
 * @throws {@link UnitError} `code`, unless `value` is a whole number from 0 on.
 */
export function checkWhole(code: string, name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 0) return;
  throw new UnitError(code, `${name} is a whole number from 0 on, not ${String(value)}`);
}
