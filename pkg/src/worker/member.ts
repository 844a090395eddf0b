import { UnitError } from '../error.js';
import { errorToWire } from '../protocol.js';
import { post } from '../serve.js';
import { takePart } from './election.js';
import { Host } from './host.js';
import { Leading } from './leading.js';
import { Requests } from './requests.js';
import type { OpenRequest, Opened, Port, Reply, Request } from '../protocol.js';

/** Who answers: the unit of this thread, or that of another tab. */
export interface Upstream {
  ask(request: Request): void;
  /** Lets go of everything. */
  end(): Promise<void>;
}

/**
 * One page's part in a storage: its unit is in this thread, or in that of whichever tab leads. When that one goes,
 * another leads, and what was asked and not answered is asked again.
 */
export class Member {
  readonly #port: Port;
  readonly #requests: Requests;
  #upstream: Upstream | undefined;
  #isClosed = false;

  /** @param port - the page's. */
  constructor(port: Port) {
    this.#port = port;
    this.#requests = new Requests((reply) => post(port, reply));
    port.addEventListener('message', (event: MessageEvent<Request>) => this.#receive(event.data));
  }

  /** Tells the page that nothing here will answer any more. */
  crash(thrown: unknown): void {
    post(this.#port, { crashed: errorToWire(thrown) });
  }

  /** Writes what is pending and lets go of the storage. */
  async close(): Promise<void> {
    this.#isClosed = true;
    const upstream = this.#upstream;
    this.#upstream = undefined;
    await upstream?.end();
  }

  #receive(request: Request): void {
    if (request.method === 'open') void this.#answer(request, this.#open(request.args[0]));
    else if (request.method === 'close') void this.#answer(request, this.close());
    else if (this.#isClosed) void this.#answer(request, Promise.reject(closed()));
    else {
      this.#requests.add(request);
      this.#upstream?.ask(request);
    }
  }

  async #answer({ id }: Request, answer: Promise<Opened | void>): Promise<void> {
    const reply: Reply = await answer.then(
      (value) => ({ id, value }),
      (error: unknown) => ({ id, error: errorToWire(error) }),
    );
    post(this.#port, reply);
  }

  async #open(request: OpenRequest): Promise<Opened> {
    // A storage in memory is this page's own.
    if (!request.storage.startsWith('idb:')) {
      const host = await Host.open(request);
      this.#attach(new Leading(host, this.#told));
      return { address: host.unit.address };
    }
    const address = await takePart(request, {
      told: this.#told,
      begun: (id) => this.#requests.begun(id),
      onUpstream: (upstream) => this.#attach(upstream),
      onFailure: (error) => this.crash(error),
    });
    return { address };
  }

  readonly #told = (reply: Reply): void => {
    if ('crashed' in reply) post(this.#port, reply);
    else this.#requests.told(reply);
  };

  /** From now on this one answers: also what nobody has answered yet. */
  #attach(upstream: Upstream): void {
    if (this.#isClosed) {
      void upstream.end();
      return;
    }
    this.#upstream = upstream;
    for (const request of this.#requests.again()) upstream.ask(request);
  }
}

function closed(): UnitError {
  return new UnitError('CLOSED', 'the unit has been closed');
}
