/**
 * `ao-unit`: the names of `@permaweb/aoconnect`, on the local unit.
 *
 * @packageDocumentation
 */
import { createCalls } from './calls.js';
import { keepOpen } from './open.js';
import { createDataItemSigner } from './signer.js';
import type { Connection } from './handle.js';

export { createDataItemSigner, createSigner } from './signer.js';
export type { Connection } from './handle.js';
export type { ArweaveWallet, Create, CreateOptions, Signed, Signer, SignerFields } from './signer.js';
export type { Calls, Data, DryRunOptions, MessageOptions, ResultOptions, SpawnOptions } from './calls.js';
export type { Outcome, OutboxAssignment, OutboxMessage, OutboxSpawn, Output, Tag } from './types.js';

/** What {@link connect} takes. The addresses that aoconnect takes have no meaning on a local unit, and do no harm. */
export interface ConnectOptions {
  /** `'legacy'`, or nothing. */
  MODE?: string | undefined;
  /** The storage of the unit: `idb://ao-unit` if left out. */
  storage?: string | undefined;
  [option: string]: unknown;
}

/**
 * The calls of aoconnect, on the local unit. It is opened by the first call.
 *
 * @throws an `Error` at once if `MODE` is not one that a local unit can serve.
 *
 * @example
 * ```ts
 * const { message, result } = connect();
 * const id = await message({ process, signer: createDataItemSigner(window.arweaveWallet), data: 'hello' });
 * const { Messages, Output } = await result({ process, message: id });
 * ```
 */
export function connect({ MODE, storage = 'idb://ao-unit' }: ConnectOptions = {}): Connection {
  checkMode(MODE ?? 'legacy');
  return { MODE, ...createCalls(() => keepOpen(storage)), createDataItemSigner };
}

/** The calls on the unit `idb://ao-unit`. */
export const { spawn, message, result, dryrun } = connect();

function checkMode(mode: string): void {
  if (mode === 'legacy') return;
  if (mode !== 'mainnet') throw new Error(`Unrecognized MODE: ${mode}`);
  throw new Error("MODE 'mainnet' speaks to nodes of the network: use @permaweb/aoconnect for it");
}
