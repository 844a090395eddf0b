import { checkObject, checkText } from '../arguments.js';
import { parse } from '../calls.js';
import { Reply } from '../conversation/reply.js';
import { UnitError } from '../error.js';
import { Unit } from '../handle.js';
import { Actor, type Persona } from './actor.js';
import { Deliveries, type DeliveryState } from './deliveries.js';
import { testWallet, type TestWallet } from './wallet.js';
import type { Target } from '../handle/base.js';
import type { OutboxMessage } from '../types.js';

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
    this.deliveries = new Deliveries(this.ask, () => this.settle());
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
    return new Actor(persona, this.ask, () => this.settle());
  }

  /**
   * Everything that an address, which is no process here, was sent: by whom, and what, of each process in its order.
   */
  async inbox(address: string): Promise<Reply[]> {
    const replies: Reply[] = [];
    for (const { id, outbound: limit } of await this.processes()) {
      if (limit === 0) continue;
      const { entries } = await this.outbound({ process: id, limit });
      const messages = entries.filter(({ kind, target }) => kind === 'Message' && target === address);
      replies.push(...messages.map(({ sent }) => new Reply(id, sent as OutboxMessage)));
    }
    return replies;
  }

  /** Waits until nothing is left to evaluate. What waits to be delivered, or for its cron, is left waiting. */
  async settle(): Promise<void> {
    let before = '';
    for (;;) {
      // What follows from a message is in a log before anything is answered that was asked later.
      const now = await this.ask('processes');
      const waiting = parse(now).some(({ evaluated, length }) => evaluated < length);
      if (!waiting && now === before) return;
      before = now;
      if (waiting) await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }

  /**
   * Sets the clock, in milliseconds since 1970, and lets be done what is due by then: crons that are monitored tick.
   *
   * @throws {@link UnitError} `TIME_INVALID` for a time that was: logs do not go back.
   */
  async setTime(time: number): Promise<void> {
    const { timestamp } = await this.clock();
    if (!Number.isSafeInteger(time) || time < timestamp) {
      const words = `the clock stands at ${timestamp} and goes forward, in whole milliseconds: it cannot be set to ${time}`;
      throw new UnitError('TIME_INVALID', words);
    }
    await this.ask('setTime', time);
    await this.settle();
  }

  /** Lets so many milliseconds pass, as {@link TestUnit.setTime}. */
  async advance(milliseconds: number): Promise<void> {
    const { timestamp } = await this.clock();
    await this.setTime(timestamp + milliseconds);
  }

  /**
   * Lets time pass until the chain has a height, as {@link TestUnit.setTime}: blocks come by the clock.
   *
   * @throws {@link UnitError} `TIME_INVALID` for a height that was.
   */
  async setBlockHeight(height: number): Promise<void> {
    const { chain, height: now } = await this.clock();
    if (height !== now) await this.setTime(chain.startTime + (height - chain.startHeight) * chain.interval);
  }

  /** Keeps all that the unit holds, its clock too. */
  async snapshot(): Promise<TestSnapshot> {
    await this.settle();
    return { number: await this.ask('snapshot'), deliveries: this.deliveries.state };
  }

  /** Makes the unit what it was. A snapshot can be gone back to as often as one likes. */
  async revert(snapshot: TestSnapshot): Promise<void> {
    checkObject('what revert() takes', snapshot);
    const { number, deliveries } = snapshot;
    await this.ask('revert', number);
    await this.deliveries.restore(deliveries);
  }
}
