import type { Unit } from 'ao-unit/unit';
import { entryOf, tag, type Entry } from '../unit/entry.ts';

/** What was read of one log. */
interface Passage {
  /** What processes sent, by sender and anchor: a process gives each message another. */
  readonly sent: Map<string, Entry>;
  /** News of spawns: the spawned process, by the reference of the spawn. */
  readonly spawned: Map<string, string>;
  /** A message may be assigned to a log more than once. */
  readonly byId: Map<string, Entry[]>;
  last: number | undefined;
  isWhole: boolean;
}

const PAGE = 100;

/** The logs of processes from some time on, read as far as is needed to find what follows from a message. */
export class Passages {
  readonly #unit: Unit;
  /** In milliseconds since 1970. */
  readonly #since: number;
  readonly #passages = new Map<string, Passage>();

  constructor(unit: Unit, since: number) {
    this.#unit = unit;
    this.#since = since;
  }

  /** What is to be in logs by now may be read again. */
  readOn(): void {
    for (const passage of this.#passages.values()) passage.isWhole = false;
  }

  /** The message that `from` sent to `process` with this anchor. */
  sent(process: string, from: string, anchor: string): Promise<Entry | undefined> {
    return this.#find(process, ({ sent }) => sent.get(`${from}/${anchor}`));
  }

  /** The process that `process` asked for with this reference. */
  spawned(process: string, reference: string): Promise<string | undefined> {
    return this.#find(process, ({ spawned }) => spawned.get(reference));
  }

  /** The first message with this id behind a nonce, which was assigned to `process`. */
  assigned(process: string, id: string, behind: number): Promise<Entry | undefined> {
    return this.#find(process, ({ byId }) => byId.get(id)?.find(({ nonce }) => nonce > behind));
  }

  async #find<T>(process: string, look: (passage: Passage) => T | undefined): Promise<T | undefined> {
    let passage = this.#passages.get(process);
    if (!passage) {
      passage = { sent: new Map(), spawned: new Map(), byId: new Map(), last: undefined, isWhole: false };
      this.#passages.set(process, passage);
    }
    for (;;) {
      const found = look(passage);
      if (found !== undefined || passage.isWhole) return found;
      await this.#read(process, passage);
    }
  }

  async #read(process: string, passage: Passage): Promise<void> {
    const { last } = passage;
    const { edges, pageInfo } = await this.#unit.log(
      last === undefined
        ? { process, by: 'time', from: Math.max(0, this.#since - 1), limit: 1 }
        : { process, from: last, limit: PAGE },
    );
    for (const edge of edges) {
      const entry = entryOf(process, edge);
      const { message } = edge.node;
      passage.last = entry.nonce;
      passage.byId.set(entry.id, [...(passage.byId.get(entry.id) ?? []), entry]);
      if (message?.anchor) passage.sent.set(`${entry.from}/${message.anchor}`, entry);
      const child = message && entry.action === 'Spawned' ? tag(message.tags, 'Process') : undefined;
      const reference = message && tag(message.tags, 'Reference');
      if (child !== undefined && reference) passage.spawned.set(reference, child);
    }
    passage.isWhole = !pageInfo.hasNextPage;
  }
}
