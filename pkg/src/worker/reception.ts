import { randomAnchor } from '../sign.js';
import { Guest } from './leading.js';
import { followerLock, openHall, openLine, portOf, type Call, type Greeting } from './names.js';
import type { Host } from './host.js';
import type { Reply } from '../protocol.js';

/** Takes in the pages that follow this one, and lets go of those that are gone. */
export class Reception {
  readonly #storage: string;
  readonly #host: Host;
  readonly #onCrash: (reply: Reply) => void;
  readonly #hall: BroadcastChannel;
  readonly #term = randomAnchor();
  readonly #address: string;
  readonly #lines = new Map<string, BroadcastChannel>();
  readonly #watch = new AbortController();

  /** @param onCrash - called when nothing of the host is to be trusted any more. */
  constructor(storage: string, host: Host, onCrash: (reply: Reply) => void) {
    this.#storage = storage;
    this.#host = host;
    this.#address = host.unit.address;
    this.#onCrash = onCrash;
    this.#hall = openHall(storage);
    this.#hall.addEventListener('message', ({ data }: MessageEvent<Call>) => {
      if ('seeks' in data) this.#greet(data.seeks);
    });
    this.#hall.postMessage({ leads: true } satisfies Call);
  }

  end(): void {
    this.#watch.abort();
    this.#hall.close();
    for (const line of this.#lines.values()) line.close();
  }

  #greet(follower: string): void {
    const line = this.#lines.get(follower) ?? this.#takeIn(follower);
    line.postMessage({ greets: this.#address, term: this.#term } satisfies Greeting);
  }

  #takeIn(follower: string): BroadcastChannel {
    const line = openLine(this.#storage, follower);
    const guest = new Guest(this.#host, portOf(line), this.#onCrash);
    this.#lines.set(follower, line);
    const { signal } = this.#watch;
    navigator.locks
      // It is had when the follower has it no longer.
      .request(followerLock(this.#storage, follower), { signal }, () => {
        guest.end();
        line.close();
        this.#lines.delete(follower);
      })
      .catch(() => {}); // This one leads no longer.
    return line;
  }
}
