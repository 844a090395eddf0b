import { describe } from '../describe.js';
import { UnitError } from '../error.js';
import { parse } from '../calls.js';
import type { Within } from '../handle/base.js';
import type { Ask } from '../protocol.js';
import type { HeldMessage } from '../types.js';
import type { WaitOptions } from '../waiting.js';

/** Whether messages wait, and in which order. */
export interface DeliveryState {
  readonly isPaused: boolean;
  /** Numbers of messages, the next one first. */
  readonly order: readonly number[];
}

/**
 * What processes send each other, on its way. Paused, each message waits until it is let go, so that a test sees every
 * order in which they may come.
 *
 * @example
 * ```ts
 * await unit.deliveries.pause();
 * await unit.as('alice').send(token, { Action: 'Transfer', Recipient: shop, Quantity: 5 });
 * await unit.deliveries.reorder((waiting) => waiting.reverse());
 * await unit.deliveries.step(); // the notice to the shop comes before that to Alice's process
 * ```
 */
export class Deliveries {
  readonly #within: Within;
  #isPaused = false;
  /** The numbers of messages that were put into another order, the next one first. */
  #order: number[] = [];

  /** @internal */
  constructor(within: Within) {
    this.#within = within;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /**
   * From now on every message between processes waits.
   *
   * @throws {@link UnitError} `TIMEOUT`, `ABORTED`.
   */
  async pause(wait: WaitOptions = {}): Promise<void> {
    await this.#within(wait, async (ask) => {
      const held = ask('hold', true);
      this.#isPaused = true;
      await held;
    });
  }

  /**
   * Lets go of everything that waits, in its order, and of what comes from now on.
   *
   * @throws {@link UnitError} `TIMEOUT`, `ABORTED`, and some of it may have gone.
   */
  async resume(wait: WaitOptions = {}): Promise<void> {
    await this.#within(wait, async (ask) => {
      // What is delivered now may send more, which waits as well, behind the rest.
      for (const { number } of await this.#held(ask)) await ask('release', number);
      this.#order = [];
      this.#isPaused = false;
      await ask('hold', false);
      await ask('settled');
    });
  }

  /**
   * The messages that wait, the next one first: in the order in which they were sent, unless that was changed.
   *
   * @throws {@link UnitError} `TIMEOUT`, `ABORTED`.
   */
  async waiting(wait: WaitOptions = {}): Promise<HeldMessage[]> {
    return this.#within(wait, (ask) => this.#held(ask));
  }

  /**
   * Delivers the next message that waits, and waits until it is evaluated.
   *
   * @returns the message; `null` if none waited.
   * @throws {@link UnitError} `TIMEOUT`, `ABORTED`.
   */
  async step(wait: WaitOptions = {}): Promise<HeldMessage | null> {
    return this.#within(wait, async (ask) => {
      const [next] = await this.#held(ask);
      if (!next) return null;
      await ask('release', next.number);
      await ask('settled');
      return next;
    });
  }

  /**
   * Puts what waits into another order.
   *
   * @param order - is given the messages in their present order, and answers them in another.
   * @throws {@link UnitError} `ORDER_INVALID` unless these are the same messages, each once; `TIMEOUT`, `ABORTED`.
   */
  async reorder(order: (waiting: HeldMessage[]) => HeldMessage[], wait: WaitOptions = {}): Promise<void> {
    const before = await this.waiting(wait);
    if (typeof order !== 'function') throw new UnitError('ARGUMENT_INVALID', `order is ${describe(order)}: it has to be a function`);
    const numbers = order([...before]).map(({ number }) => number);
    const isSame = numbers.length === before.length && new Set(numbers).size === numbers.length;
    if (!isSame || !before.every(({ number }) => numbers.includes(number))) {
      const words = `${before.length} messages wait, and the new order has ${numbers.length}: it has to have each of them, once`;
      throw new UnitError('ORDER_INVALID', words);
    }
    this.#order = numbers;
  }

  /** How messages wait now, to be told again to {@link Deliveries.restore}. @internal */
  get state(): DeliveryState {
    return { isPaused: this.#isPaused, order: [...this.#order] };
  }

  /** Has messages wait as they did when a snapshot was made. @internal */
  async restore({ isPaused, order }: DeliveryState, ask: Ask): Promise<void> {
    this.#order = [...order];
    this.#isPaused = isPaused;
    if (isPaused) await ask('hold', true);
  }

  async #held(ask: Ask): Promise<HeldMessage[]> {
    const held = parse<HeldMessage[]>(await ask('held'));
    const place = ({ number }: HeldMessage) => (this.#order.includes(number) ? this.#order.indexOf(number) : Infinity);
    return held.sort((one, other) => place(one) - place(other) || one.number - other.number);
  }
}
