import { parse } from '../calls.js';
import { Reply } from './reply.js';
import type { Listeners, UnitEvent } from '../events.js';
import type { Ask, WireLogPage } from '../protocol.js';
import type { Outcome, Receipt } from '../types.js';

type Heard = UnitEvent<'assigned' | 'evaluated' | 'outbound'>;

/**
 * What follows from a message, over however many processes, until one of them answers its sender or nothing more can
 * follow. It listens from the moment that it is made: before the message is sent.
 */
export class Cascade {
  readonly #ask: Ask;
  readonly #ends: (() => void)[];
  #heard: Heard[] = [];
  #wake = () => {};

  constructor(listeners: Listeners, ask: Ask) {
    this.#ask = ask;
    const hear = (event: Heard) => {
      this.#heard.push(event);
      this.#wake();
    };
    this.#ends = [listeners.add('assigned', hear), listeners.add('evaluated', hear), listeners.add('outbound', hear)];
  }

  /** Listens no more. Whoever waits for a reply waits in vain. */
  end(): void {
    for (const end of this.#ends) end();
  }

  /** The first message to `address` that follows from `root`; `null` when everything that follows is evaluated. */
  async replyTo(address: string, root: Receipt): Promise<Reply | null> {
    const known = new Set([place(root)]);
    const open = new Set(known);
    for (;;) {
      // What one commit did comes at once: an evaluation, and what it sent, are never apart.
      const commit = await this.#next();
      for (const event of commit) {
        if (event.type === 'assigned' && (await this.#follows(event, root.id))) {
          known.add(place(event));
          open.add(place(event));
        }
      }
      for (const event of commit) {
        if (event.type === 'outbound' && event.target === address && known.has(place(event))) {
          const reply = await this.#replyIn(event, address);
          if (reply) return reply;
        }
        if (event.type === 'evaluated' && !event.cron) open.delete(place(event));
      }
      if (open.size === 0) return null;
    }
  }

  async #next(): Promise<Heard[]> {
    while (this.#heard.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    const heard = this.#heard;
    this.#heard = [];
    return heard;
  }

  /** The unit says of everything that a process sent which message of a user it follows from. */
  async #follows({ process, nonce }: UnitEvent<'assigned'>, root: string): Promise<boolean> {
    const listing = JSON.stringify({ ...(nonce > 0 && { from: String(nonce - 1) }), limit: 1, by: 'nonce' });
    const { edges } = parse<WireLogPage>(await this.#ask('log', process, listing));
    const tags = edges[0]?.node.message?.tags ?? [];
    return tags.some(({ name, value }) => name === 'Pushed-For' && value === root);
  }

  async #replyIn({ process, nonce }: UnitEvent<'outbound'>, address: string): Promise<Reply | undefined> {
    return replyIn(process, address, parse<Outcome>(await this.#ask('outcomeAt', process, nonce)));
  }
}

/** The first message of an outcome that is for `address`. */
export function replyIn(process: string, address: string, { Messages }: Outcome): Reply | undefined {
  const message = Messages.find(({ Target }) => Target === address);
  return message && new Reply(process, message);
}

function place({ process, nonce }: { process: string; nonce: number }): string {
  return `${process}/${nonce}`;
}
