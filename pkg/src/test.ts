/**
 * `ao-unit/test`: processes under test, in Node and in browsers, with `node:test`, vitest or any other runner.
 *
 * @packageDocumentation
 */
import { checkObject } from './arguments.js';
import { hostHere } from './here.js';
import { openTargetWithin } from './open.js';
import { TestUnit } from './testing/unit.js';
import type { OpenOptions } from './target.js';
import type { WaitOptions } from './waiting.js';

export { TestUnit, type TestSnapshot } from './testing/unit.js';
export { Actor, type ActorDeployOptions, type Persona } from './testing/actor.js';
export { Deliveries } from './testing/deliveries.js';
export { Exchange } from './testing/exchange.js';
export { assertFailed, assertReplied, assertSentTo, matchers, type Expected, type Judgement } from './testing/matchers.js';
export { ProcessFailure } from './conversation/failure.js';
export { Reply } from './conversation/reply.js';
export { UnitError } from './error.js';
export type { TestWallet } from './testing/wallet.js';
export type { MessageFields, Tags, TagValue } from './conversation/fields.js';
export type { HeldMessage } from './types.js';
export type { WaitOptions } from './waiting.js';

/** What {@link openTestUnit} takes: the settings of any unit, and where the clock stands. */
export interface TestUnitOptions extends Omit<OpenOptions, 'storage' | 'worker' | 'durability'>, WaitOptions {
  /** In milliseconds since 1970. The beginning of 2025 if left out: the unit's chain has its first block then. */
  time?: number | undefined;
}

/** What a runner gives a test, to say what is to be done after it: of `node:test`, of vitest. */
export interface TestContext {
  after?: (done: () => Promise<void>) => unknown;
  onTestFinished?: (done: () => Promise<void>) => unknown;
}

/** The first block of a chain that is not told otherwise. */
const BEGINNING = Date.UTC(2025);

let opened = 0;

/**
 * Opens a unit for one test, in memory and in this thread, with a clock that stands until it is set.
 *
 * @param context - what the runner gives the test: the unit is closed when that ends. Without it, close it yourself, or
 *   write `await using unit = …`.
 * @throws {@link UnitError} `SETTINGS_INVALID`, `WASM_UNAVAILABLE`; `TIMEOUT`, `ABORTED`.
 *
 * @example
 * ```ts
 * import { test } from 'node:test';
 * import { assertReplied, openTestUnit } from 'ao-unit/test';
 *
 * test('a holder can transfer', async (t) => {
 *   const unit = await openTestUnit(t);
 *   const token = await unit.as('alice').deploy({ source: await readFile('token.lua', 'utf8') });
 *   const sent = await unit.as('alice').send(token, { Action: 'Transfer', Recipient: 'bob', Quantity: 5 });
 *   assertReplied(sent, { Action: 'Debit-Notice' });
 * });
 * ```
 */
export async function openTestUnit(context?: TestContext, options: TestUnitOptions = {}): Promise<TestUnit> {
  checkObject('what openTestUnit() takes', options);
  const { time = BEGINNING, timeout, signal, ...settings } = options;
  opened += 1;
  const storage = `memory://test-${opened}`;
  const how = { ...settings, storage, testing: { clock: time } };
  const { target, release } = await openTargetWithin({ timeout, signal }, hostHere, how);
  const unit = new TestUnit(target, release);
  const afterwards = context?.after ?? context?.onTestFinished;
  afterwards?.call(context, () => unit.close());
  return unit;
}
