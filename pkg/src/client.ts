import { UnitError } from './error.js';
import { errorFromWire, transferables } from './protocol.js';
import type { Answer, Json, Method, OpenRequest, Port, Reply, Request, UnitApi } from './protocol.js';
import type { DryRunMessage, ItemFields } from './types.js';

interface Pending {
  resolve(value: Answer<Method>): void;
  reject(error: UnitError): void;
}

/** A unit ends its work within a cycle; one that is stuck is not waited for. */
const CLOSING_MS = 5_000;

/** The page's end of a unit: sends requests to a worker and keeps a promise for each. */
export class UnitClient implements UnitApi {
  readonly #port: Port;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  /** Why no further request can be made. */
  #ended: UnitError | undefined;

  readonly #onCrash: () => void;

  /** @param onCrash - called when the worker turns out to be dead. */
  constructor(port: Port, onCrash = () => {}) {
    this.#port = port;
    this.#onCrash = onCrash;
    port.addEventListener('message', (event: MessageEvent<Reply>) => this.#settle(event.data));
  }

  open(options: OpenRequest) {
    return this.#request('open', [options]);
  }

  accept(item: Uint8Array) {
    return this.#request('accept', [item], transferables(item));
  }

  result(process: string, message: string) {
    return this.#request('result', [process, message]);
  }

  dryrun(process: string, message: Json<DryRunMessage>) {
    return this.#request('dryrun', [process, message]);
  }

  processes() {
    return this.#request('processes', []);
  }

  signingHash(fields: ItemFields, signatureType: number, publicKey: Uint8Array) {
    return this.#request('signingHash', [fields, signatureType, publicKey]);
  }

  sealItem(fields: ItemFields, signatureType: number, publicKey: Uint8Array, signature: Uint8Array) {
    return this.#request('sealItem', [fields, signatureType, publicKey, signature]);
  }

  /** Requests made after this one, and those that are unanswered when the unit has closed, reject with `CLOSED`. */
  async close() {
    if (this.#ended) return;
    const closing = this.#request('close', []);
    const closed = new UnitError('CLOSED', 'the unit has been closed');
    this.#ended = closed;
    try {
      await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, CLOSING_MS))]);
    } finally {
      this.#rejectPending(closed);
    }
  }

  /** Ends everything: what is pending and whatever is asked from now on rejects with `CRASHED`. */
  crash(reason: string, cause?: unknown): void {
    const crashed = new UnitError('CRASHED', `the unit's worker stopped: ${reason}`, { cause });
    this.#ended ??= crashed;
    this.#rejectPending(crashed);
    this.#onCrash();
  }

  #request<M extends Method>(
    method: M,
    args: Parameters<UnitApi[M]>,
    transfer: Transferable[] = [],
  ): Promise<Answer<M>> {
    if (this.#ended) return Promise.reject(this.#ended);
    const id = ++this.#lastId;
    return new Promise<Answer<Method>>((resolve, reject) => {
      // What cannot be cloned throws here, and so rejects.
      this.#port.postMessage({ id, method, args } as Request, transfer);
      this.#pending.set(id, { resolve, reject });
    }) as Promise<Answer<M>>;
  }

  #settle(reply: Reply): void {
    if ('crashed' in reply) {
      this.crash(reply.crashed.message, errorFromWire(reply.crashed));
      return;
    }
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ('error' in reply) pending?.reject(errorFromWire(reply.error));
    else pending?.resolve(reply.value);
  }

  #rejectPending(error: UnitError): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(error);
  }
}
