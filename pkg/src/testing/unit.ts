import { checkObject, checkText } from '../arguments.js';
import { parse } from '../calls.js';
import { Reply } from '../conversation/reply.js';
import { UnitError } from '../error.js';
import { Unit } from '../handle.js';
import { Actor, type Persona } from './actor.js';
import { Deliveries, type DeliveryState } from './deliveries.js';
import { testWallet, type TestWallet } from './wallet.js';
import { waiting, type WaitOptions } from '../waiting.js';
import type { Target } from '../handle/base.js';
import type { ClockReading, OutboxMessage } from '../types.js';

/** All that a unit held at one moment. */
export interface TestSnapshot {
  /** @internal */
  readonly number: number;
  /** @internal */
  readonly deliveries: DeliveryState;
}

/**
 * A unit of its own for one test, in memory: {@link openTestUnit} makes it. It does what any unit does, and what only
 * tests may: take messages from anybody, set the clock, deliver step by step, and go back.
 */
export class TestUnit extends Unit {
  /** What processes send each other, on its way. */
  readonly deliveries: Deliveries;

  /** @internal */
  constructor(target: Target, release: () => Promise<void>) {
    super(target, release);
    this.deliveries = new Deliveries((wait, call) => this.within(wait, call));
  }

  /** The wallet of a name: the same one in every test. */
  async wallet(name: string): Promise<TestWallet> {
    checkText('name', name);
    return testWallet(name);
  }

  /**
   * Somebody who sends messages: an address, which may be any text; a wallet; or, as `{ from, owner }`, whom a process
   * sees as the sender, and who brings it. With the unit's own `address` as owner it is as if the process `from` had
   * sent it.
   *
   * @example
   * ```ts
   * await unit.as('alice').send(token, { Action: 'Transfer', Recipient: 'bob', Quantity: 5 });
   * await unit.as({ from: shop, owner: unit.address }).send(token, { Action: 'Credit-Notice' });
   * ```
   */
  as(who: string | TestWallet | Persona): Actor {
    if (typeof who !== 'string') checkObject('who sends', who);
    const persona: Persona = typeof who === 'string' ? { from: who } : 'from' in who ? who : { from: who.address };
    checkText('who sends', persona.from);
    return new Actor(persona, (wait, call) => this.within(wait, call));
  }

  /**
   * Everything that an address, which is no process here, was sent: by whom, and what, of each process in its order.
   *
   * @throws {@link UnitError} `TIMEOUT`, `ABORTED`.
   */
  async inbox(address: string, wait: WaitOptions = {}): Promise<Reply[]> {
    checkText('the address', address);
    return this.within(wait, async (ask) => {
      const replies: Reply[] = [];
      for (const { id, outbound: count } of parse(await ask('processes'))) {
        if (count === 0) continue;
        const { entries } = parse(await ask('outbound', id, 0, count));
        const messages = entries.filter(({ kind, target }) => kind === 'Message' && target === address);
        replies.push(...messages.map(({ sent }) => new Reply(id, sent as OutboxMessage)));
      }
      return replies;
    });
  }

  /**
   * Waits until nothing is left to evaluate. What waits to be delivered, or for its cron, is left waiting.
   *
   * @throws {@link UnitError} `TIMEOUT`, `ABORTED`.
   */
  async settle(wait: WaitOptions = {}): Promise<void> {
    return this.within(wait, (ask) => ask('settled'));
  }

  /**
   * Sets the clock, in milliseconds since 1970, and lets be done what is due by then: crons that are monitored tick.
   *
   * @throws {@link UnitError} `TIME_INVALID` for a time that was: logs do not go back; `TIMEOUT`, `ABORTED`.
   */
  async setTime(time: number, wait: WaitOptions = {}): Promise<void> {
    await this.#passTime(wait, () => time);
  }

  /**
   * Lets so many milliseconds pass, as {@link TestUnit.setTime}.
   *
   * @throws {@link UnitError} `TIME_INVALID`; `TIMEOUT`, `ABORTED`.
   */
  async advance(milliseconds: number, wait: WaitOptions = {}): Promise<void> {
    await this.#passTime(wait, ({ timestamp }) => timestamp + milliseconds);
  }

  /**
   * Lets time pass until the chain has a height, as {@link TestUnit.setTime}: blocks come by the clock.
   *
   * @throws {@link UnitError} `TIME_INVALID` for a height that was; `TIMEOUT`, `ABORTED`.
   */
  async setBlockHeight(height: number, wait: WaitOptions = {}): Promise<void> {
    await this.#passTime(wait, ({ timestamp, height: now, chain }) => {
      return height === now ? timestamp : chain.startTime + (height - chain.startHeight) * chain.interval;
    });
  }

  /**
   * Keeps all that the unit holds, its clock too.
   *
   * @throws {@link UnitError} `TIMEOUT`, `ABORTED`.
   */
  async snapshot(wait: WaitOptions = {}): Promise<TestSnapshot> {
    return this.within(wait, async (ask) => {
      await ask('settled');
      return { number: await ask('snapshot'), deliveries: this.deliveries.state };
    });
  }

  /**
   * Makes the unit what it was. A snapshot can be gone back to as often as one likes.
   *
   * @throws {@link UnitError} `SNAPSHOT_UNKNOWN`; `TIMEOUT`, `ABORTED`, and it goes back nevertheless.
   */
  async revert(snapshot: TestSnapshot, wait: WaitOptions = {}): Promise<void> {
    checkObject('what revert() takes', snapshot);
    const { number, deliveries } = snapshot;
    // Not given up half way: it would be what it never was.
    await waiting(wait, async () => {
      await this.ask('revert', number);
      await this.deliveries.restore(deliveries, this.ask);
    });
  }

  /** Sets the clock to what `to` makes of the present time, and waits until what is due then is done. */
  async #passTime(wait: WaitOptions, to: (now: ClockReading) => number): Promise<void> {
    await this.within(wait, async (ask) => {
      const now = parse(await ask('clock'));
      const [time, { timestamp }] = [to(now), now];
      if (!Number.isSafeInteger(time) || time < timestamp) {
        const words = `the clock stands at ${timestamp} and goes forward, in whole milliseconds: it cannot be set to ${time}`;
        throw new UnitError('TIME_INVALID', words);
      }
      await ask('setTime', time);
      await ask('settled');
    });
  }
}
