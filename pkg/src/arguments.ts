/**
 * Checks of what callers pass, in the words of aoconnect: its error texts are part of its API.
 */

import { UnitError } from './error.js';

/** Collects what is wrong with the arguments of one call. */
export class ArgumentCheck {
  readonly #context: string;
  readonly #issues: string[] = [];

  /** @param context - what the texts start with: `'Invalid Arguments '`, or nothing. */
  constructor(context = '') {
    this.#context = context;
  }

  string(path: string, value: unknown): this {
    return this.#expect('string', path, value);
  }

  optionalString(path: string, value: unknown): this {
    return value === undefined ? this : this.#expect('string', path, value);
  }

  function(path: string, value: unknown): this {
    return this.#expect('function', path, value);
  }

  /** An id: text that is not empty. `name` is what a caller knows the argument by. */
  id(path: string, name: string, value: unknown): this {
    if (value !== '') return this.#expect('string', path, value);
    return this.#issue(path, `${name} is required to be a ${name} id`);
  }

  /** @throws an `Error` that names everything that was wrong. */
  done(): void {
    if (this.#issues.length > 0) throw new Error(this.#issues.join(' | '));
  }

  #expect(type: 'string' | 'function', path: string, value: unknown): this {
    if (typeof value === type) return this;
    if (value === undefined) return this.#issue(path, 'Required');
    return this.#issue(path, `Expected ${type}, received ${typeName(value)}`);
  }

  #issue(path: string, problem: string): this {
    this.#issues.push(`${this.#context}'${path}': ${problem}.`);
    return this;
  }
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** What a caller of aoconnect gets to see of whatever was thrown, a user's signer included. */
export function errorFrom(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  if (typeof thrown === 'string') return new Error(thrown);
  const { message, code } = Object(thrown) as { message?: unknown; code?: unknown };
  const error = new Error(typeof message === 'string' ? message : 'An error occurred', { cause: thrown });
  // Wallets of Ethereum throw plain objects, and their number says more than their words.
  return code === undefined ? error : Object.assign(error, { code });
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
