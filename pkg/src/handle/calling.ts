import { createConnection, type Connection } from '../aoconnect/connection.js';
import { checkObject } from '../arguments.js';
import { copyOf } from '../bytes.js';
import { createCalls } from '../calls.js';
import { pageSigner } from '../wallet.js';
import { Handle } from './base.js';
import type { Calls, DryRunOptions, MessageOptions, ResultOptions, SpawnOptions } from '../calls.js';
import type { Signer } from '../signer.js';
import type { Outcome, Receipt } from '../types.js';
import type { WaitOptions } from '../waiting.js';

/** What `unit.assign()` takes. */
export interface AssignOptions extends WaitOptions {
  /** The process that is to evaluate it. */
  process: string;
  /** The id of a message that is in the log of any process of the unit. */
  message: string;
  /** Fields that the process is not to see: `Data`, `Tags`, `Signature`, `Anchor`. */
  exclude?: string[] | undefined;
}

/** The unit as it is written to: aoconnect's calls, and what goes with them. */
export abstract class CallingHandle extends Handle implements Calls {
  readonly #calls = createCalls(async () => this.opened, pageSigner);

  /**
   * What aoconnect's `connect()` returns, on this unit: for code that is written for aoconnect, and expects its answers
   * and its errors.
   *
   * @param signer - signs where a call names no signer: the page's own wallet, if left out.
   */
  connect({ signer = pageSigner }: { signer?: Signer | undefined } = {}): Connection {
    return createConnection(undefined, { open: async () => this.opened, signer });
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
   * Assigns a message that is in this unit to a process that it is not for. The process evaluates it as it does
   * messages of its own, if it accepts assignments from whoever signed it.
   *
   * @returns the id of the message, for {@link CallingHandle.result}, as soon as the assignment is durable.
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `MESSAGE_NOT_FOUND`, `STORE_…`; `TIMEOUT`, `ABORTED`.
   */
  async assign(options: AssignOptions): Promise<string> {
    checkObject('what assign() takes', options);
    const { process, message, exclude = [], ...wait } = options;
    return (await this.parsed(wait, 'assign', process, message, exclude)).id;
  }

  /**
   * Takes in a data item that was signed elsewhere: a spawn, if its `Type` is `Process`, otherwise a message.
   *
   * @param item - the raw item, of at most 10 MiB. It is copied.
   * @returns where it stands, as soon as it is durable.
   * @throws {@link UnitError} `ITEM_INVALID`, `ITEM_TOO_LARGE`, `SIGNATURE_INVALID`, `NO_TARGET`, `PROCESS_NOT_FOUND`,
   *   `MODULE_UNKNOWN`, `CRON_INVALID`, `CRON_UNMATCHED`, `LIMIT_INVALID`, `STORE_…`; `TIMEOUT`, `ABORTED`.
   */
  async accept(item: Uint8Array, wait: WaitOptions = {}): Promise<Receipt> {
    return this.parsed(wait, 'accept', copyOf(item));
  }
}
