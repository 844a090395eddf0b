import { randomAnchor } from '../sign.js';
import { followerLock, openHall, openLine, type Begun, type Call, type Greeting } from './names.js';
import type { Upstream } from './member.js';
import type { Reply, Request } from '../protocol.js';

/** A leader that was not there to hear the first call hears one of the next. */
const CALL_AGAIN_MS = 250;

/** What a follower hears of whoever leads. */
export interface Hearing {
  /** Is given what whoever leads replies and tells. */
  told(reply: Reply): void;
  /** Whoever leads begins with a request that must not be done twice. */
  begun(id: number): void;
  /** Another leads: this is the unit's address. */
  onLeader(address: string): void;
}

/** The unit of another tab answers. */
export class Following implements Upstream {
  readonly #name = randomAnchor();
  readonly #storage: string;
  readonly #hall: BroadcastChannel;
  readonly #line: BroadcastChannel;
  /** Whoever leads sees by this lock that this follower is there. */
  readonly #presence = new AbortController();
  /** Of whoever is followed now. */
  #term: string | undefined;
  #calling: ReturnType<typeof setInterval> | undefined;

  constructor(storage: string, { told, begun, onLeader }: Hearing) {
    this.#storage = storage;
    this.#hall = openHall(storage);
    this.#line = openLine(storage, this.#name);
    this.#hall.addEventListener('message', ({ data }: MessageEvent<Call>) => {
      if ('leads' in data) this.#call();
    });
    this.#line.addEventListener('message', ({ data }: MessageEvent<Greeting | Begun | Reply>) => {
      if ('begun' in data) begun(data.begun);
      else if (!('greets' in data)) told(data);
      else if (data.term !== this.#term) {
        this.#term = data.term;
        clearInterval(this.#calling);
        onLeader(data.greets);
      }
    });
  }

  /** Looks for whoever leads. */
  async seek(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const held = () => {
        resolve();
        return new Promise<void>((release) => this.#presence.signal.addEventListener('abort', () => release()));
      };
      navigator.locks.request(followerLock(this.#storage, this.#name), held).catch(reject);
    });
    if (this.#presence.signal.aborted) return;
    this.#call();
    this.#calling = setInterval(() => this.#call(), CALL_AGAIN_MS);
  }

  ask(request: Request): void {
    // Between the old leader and the new one nobody hears it: what is not answered is asked again then.
    if (!this.#presence.signal.aborted) this.#line.postMessage(request);
  }

  async end(): Promise<void> {
    clearInterval(this.#calling);
    this.#presence.abort();
    this.#hall.close();
    this.#line.close();
  }

  #call(): void {
    this.#hall.postMessage({ seeks: this.#name } satisfies Call);
  }
}
