import { UnitError } from '../error.js';
import { waiting, type WaitOptions } from '../waiting.js';
import type { UnitClient } from '../client.js';
import type { Answer, Arguments, Ask, Json, Method } from '../protocol.js';

/** What a handle needs of the unit that it is one of. */
export type Target = Pick<UnitClient, 'ask' | 'until' | 'watch' | 'listeners'> & { readonly address: string };

/** Runs a call that asks the unit, for as long as it is waited for. */
export type Within = <T>(wait: WaitOptions, call: (ask: Ask) => Promise<T>) => Promise<T>;

/** What JSON text holds; anything else is itself. */
type Parsed<A> = A extends string ? (A extends { readonly json?: infer T } ? T : A) : A;

/** The unit that a handle is one of, to ask it for any verb of the protocol. @internal */
export let targetOf: (handle: Handle) => { readonly ask: Ask; readonly address: string };

/** One of those who use an open unit: several may share its worker. */
export abstract class Handle implements AsyncDisposable {
  /** The unit's own address. Processes that name no `Authority` trust it. */
  readonly address: string;

  #target: Target | undefined;
  readonly #release: () => Promise<void>;
  /** What this handle has the unit tell it: it ends with the handle. */
  readonly #subscriptions = new Set<() => void>();

  static {
    targetOf = ({ ask, address }) => ({ ask, address });
  }

  /** @internal */
  constructor(target: Target, release: () => Promise<void>) {
    this.address = target.address;
    this.#target = target;
    this.#release = release;
  }

  /** Writes what is pending and lets go of the storage. Later calls reject with `CLOSED`, and nothing more is told. */
  async close(): Promise<void> {
    if (!this.#target) return;
    for (const end of [...this.#subscriptions]) end();
    this.#target = undefined;
    await this.#release();
  }

  /** Closes the unit at the end of an `await using` block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** @internal */
  protected get opened(): Target {
    if (!this.#target) throw new UnitError('CLOSED', 'the unit has been closed');
    return this.#target;
  }

  /** Asks the unit. @internal */
  protected readonly ask: Ask = (method, ...args) => {
    try {
      return this.opened.ask(method, ...args);
    } catch (closed) {
      return Promise.reject(closed);
    }
  };

  /** Asks the unit, whatever a call has to ask it, for as long as the call is waited for. @internal */
  protected async within<T>(wait: WaitOptions, call: (ask: Ask) => Promise<T>): Promise<T> {
    return waiting(wait, async (given) => call(given ? this.opened.until(given) : this.ask));
  }

  /** Asks the unit for one verb that it answers with JSON, for as long as it is waited for. @internal */
  protected async parsed<M extends Method>(
    wait: WaitOptions,
    method: M,
    ...args: Arguments<M>
  ): Promise<Parsed<Answer<M>>> {
    return this.within(wait, async (ask) => JSON.parse((await ask(method, ...args)) as Json<unknown>) as Parsed<Answer<M>>);
  }

  /** Keeps what ends a subscription; answers a function that does so, once. @internal */
  protected subscribed(end: () => void): () => void {
    const unsubscribe = () => {
      if (this.#subscriptions.delete(unsubscribe)) end();
    };
    this.#subscriptions.add(unsubscribe);
    return unsubscribe;
  }
}
