import { describe } from '../describe.js';
import { Exchange } from './exchange.js';
import type { Reply } from '../conversation/reply.js';

/** What a message is to be like: its `Data`, and tags by their names. Text is equal; a `RegExp` finds something. */
export type Expected = Record<string, string | number | RegExp>;

/** What came of a comparison. */
export interface Judgement {
  pass: boolean;
  message: () => string;
}

/**
 * Matchers for `expect.extend` of vitest, and of others that have its form.
 *
 * @example
 * ```ts
 * expect.extend(matchers);
 * expect(await unit.as('alice').send(token, { Action: 'Balance' })).toHaveReplied({ Data: '100' });
 * ```
 */
export const matchers = {
  /** The process sent a message like this back to whom it heard from. */
  toHaveReplied(received: unknown, expected: Expected = {}): Judgement {
    const exchange = exchangeOf(received);
    return judged(exchange, exchange.sentTo(exchange.from), 'a reply', expected);
  },

  /** The process sent a message like this to `target`. */
  toHaveSentTo(received: unknown, target: string, expected: Expected = {}): Judgement {
    const exchange = exchangeOf(received);
    return judged(exchange, exchange.sentTo(target), `a message to ${target}`, expected);
  },

  /** The evaluation failed, with an error like this. */
  toHaveFailed(received: unknown, expected: string | RegExp = /^/): Judgement {
    const { error } = exchangeOf(received);
    const pass = error !== undefined && (expected instanceof RegExp ? expected.test(error) : error.includes(expected));
    const found = error === undefined ? 'it did not fail' : `it failed with: ${error}`;
    return { pass, message: () => `expected ${pass ? 'no' : 'a'} failure with ${String(expected)}, and ${found}` };
  },
};

/** @throws an `AssertionError` unless the process replied like this. For `node:test`, and any other runner. */
export function assertReplied(exchange: Exchange, expected: Expected = {}): void {
  assertJudged(matchers.toHaveReplied(exchange, expected), exchange, expected);
}

/** @throws an `AssertionError` unless the process sent a message like this to `target`. */
export function assertSentTo(exchange: Exchange, target: string, expected: Expected = {}): void {
  assertJudged(matchers.toHaveSentTo(exchange, target, expected), exchange, expected);
}

/** @throws an `AssertionError` unless the evaluation failed, with an error like this. */
export function assertFailed(exchange: Exchange, expected: string | RegExp = /^/): void {
  assertJudged(matchers.toHaveFailed(exchange, expected), exchange, expected);
}

function judged(exchange: Exchange, sent: Reply[], what: string, expected: Expected): Judgement {
  const pass = sent.some((reply) => isLike(reply, expected));
  const message = () => {
    if (pass) return `expected not ${what} like ${written(expected)}`;
    if (exchange.error !== undefined) return `expected ${what} like ${written(expected)}, and it failed: ${exchange.error}`;
    const found = sent.map((reply) => `\n  ${written({ ...reply.Tags, Data: reply.Data })}`).join('');
    return `expected ${what} like ${written(expected)}, and there ${found === '' ? 'was none' : `were${found}`}`;
  };
  return { pass, message };
}

function isLike(reply: Reply, expected: Expected): boolean {
  return Object.entries(expected).every(([name, wanted]) => {
    const value = name === 'Data' ? reply.Data : reply.Tags[name];
    if (value === undefined) return false;
    return wanted instanceof RegExp ? wanted.test(value) : value === String(wanted);
  });
}

function written(fields: Expected): string {
  return `{ ${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value instanceof RegExp ? String(value) : JSON.stringify(value)}`)
    .join(', ')} }`;
}

function exchangeOf(received: unknown): Exchange {
  if (received instanceof Exchange) return received;
  throw new TypeError(`${describe(received)} is not what came of a message: await unit.as(…).send(…) gives that`);
}

/** As runners know it: they show what was expected beside what there was. */
function assertJudged({ pass, message }: Judgement, actual: Exchange, expected: unknown): void {
  if (pass) return;
  const error = Object.assign(new Error(message()), { code: 'ERR_ASSERTION', actual: actual.outcome, expected });
  error.name = 'AssertionError';
  throw error;
}
