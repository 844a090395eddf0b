import { createCalls, parse } from './calls.js';
import { UnitError } from './error.js';
import { createDataItemSigner } from './signer.js';
import type { Calls, CallTarget, DryRunOptions, MessageOptions, ResultOptions, SpawnOptions } from './calls.js';
import type { Outcome, ProcessSummary, Receipt } from './types.js';

/** What `connect()` returns: the calls of aoconnect, and the maker of signers that it has there too. */
export interface Connection extends Calls {
  /** As it was asked for. */
  MODE: string | undefined;
  createDataItemSigner: typeof createDataItemSigner;
}

/**
 * An open unit. {@link openUnit} makes it.
 *
 * Several handles may share one worker; each is closed by itself, and the last one closes the unit.
 */
export class Unit implements Calls, AsyncDisposable {
  /** The unit's own address. Processes that name no `Authority` trust it. */
  readonly address: string;

  #target: CallTarget | undefined;
  readonly #release: () => Promise<void>;
  readonly #calls = createCalls(async () => this.#opened);

  /** @internal */
  constructor(target: CallTarget, release: () => Promise<void>) {
    this.address = target.address;
    this.#target = target;
    this.#release = release;
  }

  /** The calls as functions that can be passed around, as aoconnect's `connect()` returns them. */
  connect(): Connection {
    return { MODE: undefined, ...this.#calls, createDataItemSigner };
  }

  /** @see {@link Calls.spawn} */
  spawn(options: SpawnOptions): Promise<string> {
    return this.#calls.spawn(options);
  }

  /** @see {@link Calls.message} */
  message(options: MessageOptions): Promise<string> {
    return this.#calls.message(options);
  }

  /** @see {@link Calls.result} */
  result(options: ResultOptions): Promise<Outcome> {
    return this.#calls.result(options);
  }

  /** @see {@link Calls.dryrun} */
  dryrun(options: DryRunOptions): Promise<Outcome> {
    return this.#calls.dryrun(options);
  }

  /**
   * Takes in a data item that was signed elsewhere: a spawn, if its `Type` is `Process`, otherwise a message.
   *
   * @param item - the raw item. It is copied.
   * @returns where it stands, as soon as it is durable.
   * @throws {@link UnitError} `ITEM_INVALID`, `SIGNATURE_INVALID`, `PROCESS_NOT_FOUND`, `MODULE_UNKNOWN`,
   *   `STORE_FAILED`.
   */
  async accept(item: Uint8Array): Promise<Receipt> {
    return parse<Receipt>(await this.#opened.api.accept(item.slice()));
  }

  /** The processes that the unit has, spawned here or by other processes. */
  async processes(): Promise<ProcessSummary[]> {
    return parse<ProcessSummary[]>(await this.#opened.api.processes());
  }

  /** Writes what is pending and lets go of the storage. Later calls reject with `CLOSED`. */
  async close(): Promise<void> {
    if (!this.#target) return;
    this.#target = undefined;
    await this.#release();
  }

  /** Closes the unit at the end of an `await using` block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #opened(): CallTarget {
    if (!this.#target) throw new UnitError('CLOSED', 'the unit has been closed');
    return this.#target;
  }
}
