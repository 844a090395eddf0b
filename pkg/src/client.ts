import { UnitError } from './error.js';
import { Listeners, type EventType } from './events.js';
import { errorFromWire, GIVES_AWAY, transferables } from './protocol.js';
import { unlessAborted } from './waiting.js';
import type { Answer, Arguments, Ask, Json, Method, Port, Reply, Request } from './protocol.js';

interface Pending {
  resolve(value: Answer<Method>): void;
  reject(error: UnitError): void;
}

/** Who is told of the values of one expression. */
export interface Watcher {
  onValue(value: Json<unknown>): void;
  onError(error: UnitError): void;
}

/** A unit ends its work within a cycle; one that is stuck is not waited for. */
const CLOSING_MS = 5_000;

/** The page's end of a unit: sends requests to a worker, keeps a promise for each, and passes on what it is told. */
export class UnitClient {
  /** Who listens to events. */
  readonly listeners = new Listeners((types) => this.#subscribe(types));

  readonly #port: Port;
  readonly #pending = new Map<number, Pending>();
  readonly #watchers = new Map<number, Watcher>();
  #lastId = 0;
  /** Why no further request can be made. */
  #ended: UnitError | undefined;

  readonly #onCrash: () => void;

  /** @param onCrash - called when the worker turns out to be dead. */
  constructor(port: Port, onCrash = () => {}) {
    this.#port = port;
    this.#onCrash = onCrash;
    port.addEventListener('message', (event: MessageEvent<Reply>) => this.#receive(event.data));
  }

  /** Asks for a verb. Rejects with `CLOSED` or `CRASHED` when nobody will answer. */
  ask<M extends Method>(method: M, ...args: Arguments<M>): Promise<Answer<M>> {
    return this.#ask(++this.#lastId, method, ...args);
  }

  /** Asks, until `signal` is aborted: what is unanswered then is forgotten, and rejects with the signal's reason. */
  until(signal: AbortSignal): Ask {
    return (method, ...args) => {
      const id = ++this.#lastId;
      const forget = () => this.#pending.delete(id);
      return unlessAborted(signal, () => {
        signal.addEventListener('abort', forget, { once: true });
        return this.#ask(id, method, ...args).finally(() => signal.removeEventListener('abort', forget));
      });
    };
  }

  #ask<M extends Method>(id: number, method: M, ...args: Arguments<M>): Promise<Answer<M>> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise<Answer<Method>>((resolve, reject) => {
      // What cannot be cloned throws here, and so rejects.
      this.#port.postMessage({ id, method, args } as Request, GIVES_AWAY.has(method) ? transferables(...args) : []);
      this.#pending.set(id, { resolve, reject });
    }) as Promise<Answer<M>>;
  }

  /** Has an expression watched. Returns what ends that; nothing is told from then on. */
  watch(watcher: Watcher, process: string, expression: string, owner?: string): () => void {
    const watch = ++this.#lastId;
    this.#watchers.set(watch, watcher);
    this.ask('watch', watch, process, expression, owner).catch((error: UnitError) => {
      if (this.#watchers.delete(watch)) watcher.onError(error);
    });
    return () => {
      if (this.#watchers.delete(watch)) this.ask('unwatch', watch).catch(ignore);
    };
  }

  /** Requests made after this one, and those that are unanswered when the unit has closed, reject with `CLOSED`. */
  async close() {
    if (this.#ended) return;
    const closing = this.ask('close');
    const closed = new UnitError('CLOSED', 'the unit has been closed');
    this.#ended = closed;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSING_MS)));
    try {
      await Promise.race([closing, patience]);
    } finally {
      // A timer that is left would keep a program in Node from ending.
      clearTimeout(timer);
      this.#rejectPending(closed);
    }
  }

  /** Ends everything: what is pending and whatever is asked from now on rejects with `CRASHED`. */
  crash(reason: string, cause?: unknown): void {
    const crashed = new UnitError('CRASHED', `the unit's worker stopped: ${reason}`, { cause });
    const isFirst = this.#ended === undefined;
    this.#ended ??= crashed;
    this.#rejectPending(crashed);
    if (isFirst) {
      const { code, message } = crashed;
      this.listeners.dispatch([{ type: 'error', process: null, code, message }]);
      for (const { onError } of this.#watchers.values()) onError(crashed);
    }
    this.#onCrash();
  }

  #receive(reply: Reply): void {
    if ('events' in reply) this.listeners.dispatch(reply.events);
    else if ('watch' in reply) this.#tell(reply);
    else if ('crashed' in reply) this.crash(reply.crashed.message, errorFromWire(reply.crashed));
    else if ('id' in reply) this.#settle(reply);
  }

  #settle(reply: Extract<Reply, { id: number }>): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ('error' in reply) pending?.reject(errorFromWire(reply.error));
    else pending?.resolve(reply.value);
  }

  #tell(reply: Extract<Reply, { watch: number }>): void {
    const watcher = this.#watchers.get(reply.watch);
    if ('error' in reply) watcher?.onError(errorFromWire(reply.error));
    else watcher?.onValue(reply.value);
  }

  #subscribe(types: EventType[]): void {
    // A unit that has ended says nothing more: there is nothing to subscribe to.
    this.ask('subscribe', types).catch(ignore);
  }

  #rejectPending(error: UnitError): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(error);
  }
}

function ignore(): void {}
