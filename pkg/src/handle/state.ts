import { dryRunMessage, parse, type DryRunOptions } from '../calls.js';
import type { Ask } from '../protocol.js';
import type { Outcome } from '../types.js';

/** What may be said of an inspection. */
export interface InspectOptions {
  /**
   * Whom the process takes for its owner. If left out, it is who spawned it; a process that was given away needs to be
   * told by whom it is looked at.
   */
  owner?: string | undefined;
}

/** A process as it was after a message. `unit.stateAt()` makes it; it can be read for as long as the unit is open. */
export class StateView {
  readonly #ask: Ask;

  /** @internal */
  constructor(
    readonly process: string,
    /** The nonce of the last message that it has seen. */
    readonly nonce: number,
    ask: Ask,
  ) {
    this.#ask = ask;
  }

  /**
   * Evaluates an unsigned message on a copy of it.
   *
   * @throws {@link UnitError} `CLOSED`.
   */
  async dryrun(options: Omit<DryRunOptions, 'process'> = {}): Promise<Outcome> {
    const message = dryRunMessage({ ...options, process: this.process });
    return parse<Outcome>(await this.#ask('dryrun', this.process, message, this.nonce));
  }

  /**
   * The value of a Lua expression, as `unit.inspect()` has it.
   *
   * @throws {@link UnitError} `INSPECTION_FAILED`.
   */
  async inspect<T = unknown>(expression: string, { owner }: InspectOptions = {}): Promise<T> {
    return parse<T>((await this.#ask('inspect', this.process, expression, owner, this.nonce)) as string);
  }
}
