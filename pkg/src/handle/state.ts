import { calling, dryRunMessage, parse, type DryRunOptions, type Reach } from '../calls.js';
import type { Outcome } from '../types.js';
import type { WaitOptions } from '../waiting.js';

/** What may be said of an inspection. */
export interface InspectOptions {
  /**
   * Whom the process takes for its owner. If left out, it is who spawned it; a process that was given away needs to be
   * told by whom it is looked at.
   */
  owner?: string | undefined;
}

/** What `unit.inspect()` and `unit.read()` take beside the expression. */
export interface ReadOptions extends InspectOptions, WaitOptions {}

/** A process as it was after a message. `unit.stateAt()` makes it; it can be read for as long as the unit is open. */
export class StateView {
  readonly #reach: Reach;

  /** @internal */
  constructor(
    readonly process: string,
    /** The nonce of the last message that it has seen. */
    readonly nonce: number,
    reach: Reach,
  ) {
    this.#reach = reach;
  }

  /**
   * Evaluates an unsigned message on a copy of it.
   *
   * @throws {@link UnitError} `CLOSED`; `TIMEOUT`, `ABORTED`.
   */
  async dryrun({ timeout, signal, ...options }: Omit<DryRunOptions, 'process'> = {}): Promise<Outcome> {
    return calling(this.#reach, { timeout, signal }, async (reach) => {
      const message = dryRunMessage({ ...options, process: this.process });
      const { ask } = await reach();
      return parse<Outcome>(await ask('dryrun', this.process, message, this.nonce));
    });
  }

  /**
   * The value of a Lua expression, as `unit.inspect()` has it.
   *
   * @throws {@link UnitError} `INSPECTION_FAILED`; `TIMEOUT`, `ABORTED`.
   */
  async inspect<T = unknown>(expression: string, { owner, ...wait }: ReadOptions = {}): Promise<T> {
    return calling(this.#reach, wait, async (reach) => {
      const { ask } = await reach();
      return parse<T>((await ask('inspect', this.process, expression, owner, this.nonce)) as string);
    });
  }
}
