import { UnitError } from '../error.js';
import { errorToWire } from '../protocol.js';
import { isSameJson } from './watches.js';
import type { Method, Reply, Request } from '../protocol.js';

/**
 * Verbs that would do a second time what the first may have done already. All others may be asked again: a message is
 * known by its id.
 */
export const ONCE: ReadonlySet<Method> = new Set<Method>(['advance', 'fork', 'importProcess', 'remove', 'resume']);

/** What a page has asked, kept until it is answered, and what it wants to be told, kept until it does not any more. */
export class Requests {
  readonly #reply: (reply: Reply) => void;
  readonly #pending = new Map<number, Request>();
  /** What another tab has begun of what must not be done twice. */
  readonly #begun = new Set<number>();
  #subscription: Request | undefined;
  /** By the page's number of the watch. */
  readonly #watches = new Map<number, { request: Request; told: string | undefined }>();

  /** @param reply - tells the page. */
  constructor(reply: (reply: Reply) => void) {
    this.#reply = reply;
  }

  add(request: Request): void {
    this.#pending.set(request.id, request);
    if (request.method === 'subscribe') this.#subscription = request;
    else if (request.method === 'watch') this.#watches.set(request.args[0], { request, told: undefined });
    else if (request.method === 'unwatch') this.#watches.delete(request.args[0]);
  }

  /** Whoever leads was asked for this, and may have done it. What it never heard of is asked of the next. */
  begun(id: number): void {
    if (this.#pending.has(id)) this.#begun.add(id);
  }

  /** Passes on what the page is to hear: each answer once, and of each watch what has changed. */
  told(reply: Reply): void {
    if ('watch' in reply) {
      const watch = this.#watches.get(reply.watch);
      const text = 'value' in reply ? reply.value : `${reply.error.code} ${reply.error.message}`;
      if (!watch || isSameJson(watch.told, text)) return;
      watch.told = text;
    } else if ('id' in reply) {
      this.#begun.delete(reply.id);
      if (!this.#pending.delete(reply.id)) return;
    }
    this.#reply(reply);
  }

  /**
   * What whoever answers from now on is to be asked, in the order in which the page asked. What must not be done twice,
   * and was begun, is refused instead.
   */
  again(): Request[] {
    const requests = [...this.#pending.values()];
    const standing = [this.#subscription, ...[...this.#watches.values()].map(({ request }) => request)];
    const answered = standing.filter((request) => request && !this.#pending.has(request.id)) as Request[];
    return [...answered, ...requests.filter((request) => !this.#isInterrupted(request))];
  }

  #isInterrupted({ id, method }: Request): boolean {
    if (!this.#begun.has(id)) return false;
    const message = `the tab that was asked for ${method} closed before it answered: look whether it was done`;
    this.told({ id, error: errorToWire(new UnitError('INTERRUPTED', message)) });
    return true;
  }
}
