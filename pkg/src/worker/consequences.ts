import type { Consequence, Descent, WireLogPage } from '../protocol.js';
import type { LogEdge, Tag } from '../types.js';
import type { Unit } from '../wasm/unit.js';

/** What was read of a log. */
interface Passage {
  /** It begins with the first message of this time, in milliseconds since 1970. */
  readonly since: number;
  /** The nonce that it ends with. */
  last: number | undefined;
  /** By the id of the message that they follow from, in the order of the log. */
  readonly following: Map<string, Consequence[]>;
}

const PAGE = 100;

/** Clocks are set back a little now and then, and what follows must not seem to be earlier. */
const SLACK_MS = 1_000;

/** So many lines are kept of logs; all are read anew after that. */
const KEPT = 20_000;

/**
 * What follows from which message, as the logs have it: of everything that a process sent, the unit says in a tag which
 * message of a user it follows from. A log is read once for all who ask, from the earliest message asked for.
 */
export class Consequences {
  readonly #unit: () => Unit;
  /** By process. Who comes later reads on where the one before ended. */
  #passages = new Map<string, Promise<Passage>>();
  #kept = 0;

  constructor(unit: () => Unit) {
    this.#unit = unit;
  }

  /** What follows from a message in the log of `process`: nothing, if that is no process here. */
  async of(process: string, { root, since, after }: Descent): Promise<Consequence[]> {
    const reading = this.#readOn(process, since - SLACK_MS, this.#passages.get(process));
    this.#passages.set(process, reading);
    try {
      const all = (await reading).following.get(root) ?? [];
      let first = all.length;
      // From the end: what is new is mostly little.
      while (first > 0 && all[first - 1]!.nonce > after) first -= 1;
      return all.slice(first);
    } catch (error) {
      if (this.#passages.get(process) === reading) this.#passages.delete(process);
      if (Object(error).code === 'PROCESS_NOT_FOUND') return [];
      throw error;
    }
  }

  /** Logs are no longer what they were. */
  forget(): void {
    this.#passages = new Map();
    this.#kept = 0;
  }

  async #readOn(process: string, since: number, before: Promise<Passage> | undefined): Promise<Passage> {
    const read = await before?.catch(() => undefined);
    const passage = read && read.since <= since ? read : { since, last: undefined, following: new Map() };
    for (;;) {
      const { last } = passage;
      const { page_info, edges } = await this.#log(
        process,
        last === undefined
          ? { by: 'time', from: String(Math.max(0, since - 1)), limit: 1 }
          : { by: 'nonce', from: String(last), limit: PAGE },
      );
      for (const { node } of edges) this.#note(passage, node);
      if (!page_info.has_next_page) return passage;
    }
  }

  #note(passage: Passage, { message, assignment }: LogEdge['node']): void {
    const nonce = Number(valueOf(assignment.tags, 'Nonce'));
    passage.last = nonce;
    const root = message && valueOf(message.tags, 'Pushed-For');
    if (!root) return;
    const isNews = valueOf(message.tags, 'Action') === 'Spawned';
    const consequence = { nonce, spawned: isNews ? valueOf(message.tags, 'Process') : undefined };
    const following = passage.following.get(root);
    if (following) following.push(consequence);
    else passage.following.set(root, [consequence]);
    if (this.#kept >= KEPT) this.forget();
    this.#kept += 1;
  }

  async #log(process: string, listing: object): Promise<WireLogPage> {
    return JSON.parse(await this.#unit().log(process, JSON.stringify(listing))) as WireLogPage;
  }
}

function valueOf(tags: readonly Tag[], wanted: string): string | undefined {
  return tags.find(({ name }) => name === wanted)?.value;
}
