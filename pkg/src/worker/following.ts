import { HERE, openHall, openLine, partLock, type Begun, type Call, type Greeting } from './names.js';
import { Participant } from './participant.js';
import { holdLock, onCall, readRoll } from './roll.js';
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
  readonly #storage: string;
  readonly #hearing: Hearing;
  readonly #hall: BroadcastChannel;
  /** Whoever leads sees by its lock that this follower is there. */
  readonly #presence = new AbortController();
  #self: Participant | undefined;
  /** Whom it follows now, by its key. */
  #leader: string | undefined;
  #line: BroadcastChannel | undefined;
  #isGreeted = false;
  #calling: ReturnType<typeof setInterval> | undefined;

  constructor(storage: string, hearing: Hearing) {
    this.#storage = storage;
    this.#hearing = hearing;
    this.#hall = openHall(storage);
    this.#hall.addEventListener('message', ({ data }: MessageEvent<Call>) => {
      if (data === 'leads') this.#look();
    });
  }

  /** Looks for whoever leads. */
  async seek(): Promise<void> {
    const self = await Participant.make();
    await holdLock(partLock(this.#storage, 'follows', self.key), this.#presence.signal);
    if (this.#presence.signal.aborted) return;
    this.#self = self;
    this.#call();
    this.#callAgain();
  }

  ask(request: Request): void {
    // Whoever greets is asked all that is not answered.
    if (this.#isGreeted) this.#line?.postMessage(request);
  }

  async end(): Promise<void> {
    clearInterval(this.#calling);
    this.#presence.abort();
    this.#isGreeted = false;
    this.#hall.close();
    this.#line?.close();
  }

  #call(): void {
    this.#hall.postMessage('seeks' satisfies Call);
    this.#line?.postMessage(HERE);
    this.#look();
  }

  #callAgain(): void {
    clearInterval(this.#calling);
    this.#calling = setInterval(() => this.#call(), CALL_AGAIN_MS);
  }

  readonly #look = onCall(async () => {
    const { leader } = await readRoll(this.#storage);
    if (leader === undefined || leader === this.#leader) return;
    const secret = await this.#self?.secretWith(leader);
    if (secret === undefined || this.#presence.signal.aborted) return;
    this.#line?.close();
    this.#leader = leader;
    this.#isGreeted = false;
    this.#line = openLine(secret);
    this.#line.addEventListener('message', ({ data }: MessageEvent<Greeting | Begun | Reply>) => this.#hear(data));
    this.#line.postMessage(HERE);
    this.#callAgain();
  });

  #hear(data: Greeting | Begun | Reply): void {
    if ('begun' in data) this.#hearing.begun(data.begun);
    else if (!('greets' in data)) this.#hearing.told(data);
    else if (!this.#isGreeted) {
      this.#isGreeted = true;
      clearInterval(this.#calling);
      this.#hearing.onLeader(data.greets);
    }
  }
}
