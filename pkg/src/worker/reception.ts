import { Guest } from './leading.js';
import { HERE, openHall, openLine, partLock, portOf, type Call, type Greeting } from './names.js';
import { onCall, readRoll } from './roll.js';
import type { Host } from './host.js';
import type { Participant } from './participant.js';
import type { Reply } from '../protocol.js';

/** Takes in the pages that follow this one, and lets go of those that are gone. */
export class Reception {
  readonly #storage: string;
  readonly #host: Host;
  readonly #self: Participant;
  readonly #onCrash: (reply: Reply) => void;
  readonly #hall: BroadcastChannel;
  readonly #address: string;
  /** By the follower's key; none for what is no key. */
  readonly #lines = new Map<string, BroadcastChannel | undefined>();
  readonly #watch = new AbortController();

  /** @param onCrash - called when nothing of the host is to be trusted any more. */
  constructor(storage: string, host: Host, self: Participant, onCrash: (reply: Reply) => void) {
    this.#storage = storage;
    this.#host = host;
    this.#self = self;
    this.#address = host.unit.address;
    this.#onCrash = onCrash;
    this.#hall = openHall(storage);
    this.#hall.addEventListener('message', ({ data }: MessageEvent<Call>) => {
      if (data === 'seeks') this.#look();
    });
    this.#hall.postMessage('leads' satisfies Call);
    this.#look();
  }

  end(): void {
    this.#watch.abort();
    this.#hall.close();
    for (const line of this.#lines.values()) line?.close();
  }

  readonly #look = onCall(async () => {
    const { followers } = await readRoll(this.#storage);
    for (const follower of followers) if (!this.#lines.has(follower)) await this.#takeIn(follower);
  });

  async #takeIn(follower: string): Promise<void> {
    const secret = await this.#self.secretWith(follower);
    const { signal } = this.#watch;
    if (signal.aborted) return;
    const line = secret === undefined ? undefined : openLine(secret);
    const guest = line && new Guest(this.#host, portOf(line), this.#onCrash);
    this.#lines.set(follower, line);
    navigator.locks
      // It is had when the follower has it no longer.
      .request(partLock(this.#storage, 'follows', follower), { signal }, () => {
        guest?.end();
        line?.close();
        this.#lines.delete(follower);
      })
      .catch(() => {}); // This one leads no longer.
    const greet = () => line?.postMessage({ greets: this.#address } satisfies Greeting);
    line?.addEventListener('message', ({ data }) => {
      if (data === HERE) greet();
    });
    greet();
  }
}
