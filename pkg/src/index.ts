/**
 * `ao-unit`: the names of `@permaweb/aoconnect`, on the local unit.
 *
 * @packageDocumentation
 */
import { createCalls } from './calls.js';
import { keepOpen } from './open.js';
import { createDataItemSigner } from './signer.js';
import type { Connection } from './handle.js';
import type { Signer } from './signer.js';

export { createDataItemSigner, createSigner } from './signer.js';
export { createEthereumSigner } from './signers/ethereum.js';
export type { Connection } from './handle.js';
export type { Create, CreateOptions, Signed, Signer, SignerFields, SigningWallet } from './signer.js';
export type { ArweaveWallet } from './signers/arweave.js';
export type { EthereumProvider, EthereumSignerOptions } from './signers/ethereum.js';
export type { KeyHolder } from './signers/key.js';
export type { Calls, Data, DryRunOptions, MessageOptions, ResultOptions, SpawnOptions } from './calls.js';
export type { Outcome, OutboxAssignment, OutboxMessage, OutboxSpawn, Output, Tag } from './types.js';

/** What {@link connect} takes. The addresses that aoconnect takes have no meaning on a local unit, and do no harm. */
export interface ConnectOptions {
  /** `'legacy'`, or nothing. */
  MODE?: string | undefined;
  /** The storage of the unit: `idb://ao-unit` if left out. */
  storage?: string | undefined;
  /** Signs where a call names no signer. The page's own wallet, if left out. */
  signer?: Signer | undefined;
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
 * const signer = createDataItemSigner(window.arweaveWallet);
 * const id = await message({ process, signer, data: 'hello' });
 * const { Messages, Output } = await result({ process, message: id });
 * ```
 */
export function connect({ MODE, storage = 'idb://ao-unit', signer }: ConnectOptions = {}): Connection {
  checkMode(MODE ?? 'legacy');
  return { MODE, ...createCalls(() => keepOpen(storage), signer), createDataItemSigner };
}

/** The calls on the unit `idb://ao-unit`. */
export const { spawn, message, result, dryrun } = connect();

function checkMode(mode: string): void {
  if (mode === 'legacy') return;
  if (mode !== 'mainnet') throw new Error(`Unrecognized MODE: ${mode}`);
  throw new Error("MODE 'mainnet' speaks to nodes of the network: use @permaweb/aoconnect for it");
}
