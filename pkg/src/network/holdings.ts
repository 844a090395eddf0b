import { UnitError } from '../error.js';
import { Catalogue } from './catalogue.js';
import { chainOf, type Chain } from './chain.js';
import { knownTransactions } from './known.js';
import { byTime, type Transaction } from './transaction.js';
import type { CallTarget } from '../calls.js';

/** What the unit's gateway has: the logs, the modules, and where the scheduler is. */
export class Holdings {
  readonly #unit: CallTarget;
  readonly #schedulerUrl: string;
  readonly #catalogue: Catalogue;

  /** @param schedulerUrl - where the unit's `Scheduler-Location` says that its scheduler is. */
  constructor(unit: CallTarget, schedulerUrl: string) {
    this.#unit = unit;
    this.#schedulerUrl = schedulerUrl;
    this.#catalogue = new Catalogue(unit);
  }

  /** All of it, the oldest first. */
  async transactions(): Promise<readonly Transaction[]> {
    return [...(await this.#known()), ...(await this.#catalogue.transactions())];
  }

  /** What has these ids, the oldest first. */
  async withIds(ids: readonly string[]): Promise<readonly Transaction[]> {
    const known = (await this.#known()).filter(({ id }) => ids.includes(id));
    const others = ids.filter((wanted) => !known.some(({ id }) => id === wanted));
    return [...known, ...(await this.#catalogue.withIds(others))].sort(byTime);
  }

  /** @throws {@link UnitError} `MESSAGE_NOT_FOUND` if nothing has this id. */
  async require(id: string): Promise<Transaction> {
    const [found] = await this.withIds([id]);
    if (found) return found;
    throw new UnitError('MESSAGE_NOT_FOUND', `nothing in this unit has the id ${id}`);
  }

  /** @throws {@link UnitError} `UNSUPPORTED` of a module: its machine is built in. */
  async dataOf({ id, place, tags }: Transaction): Promise<Uint8Array<ArrayBuffer>> {
    if (place) return (await this.#unit.ask('dataAt', place.process, place.nonce)) as Uint8Array<ArrayBuffer>;
    const isModule = tags.some(({ name, value }) => name === 'Type' && value === 'Module');
    if (!isModule) return new Uint8Array();
    throw new UnitError('MESSAGE_NOT_FOUND', `the code of module ${id} is not in this unit: its machine stands for it`);
  }

  /** In bytes. */
  async sizeOf(transaction: Transaction): Promise<number> {
    return transaction.size ?? (await this.dataOf(transaction)).length;
  }

  chain(): Promise<Chain> {
    return chainOf(this.#unit);
  }

  async #known(): Promise<Transaction[]> {
    return knownTransactions(this.#unit, this.#schedulerUrl);
  }
}
