import { computed, signal } from '@preact/signals';
import type { ProcessSummary, Unit, UnitEvent } from 'ao-unit/unit';
import { cursorOf, positionOf, type Position } from './cursor.ts';
import { entryOf, keyOf, type Entry } from './entry.ts';

type Evaluated = UnitEvent<'evaluated'>;
type Told = Pick<Evaluated, 'failed' | 'gas'>;

/** A page of a log is as long as can be read in so many milliseconds, within these bounds. */
const PACE_MS = 100;
const SHORTEST = 25;
const LONGEST = 200;

/**
 * What is known of the log of a process: read by pages from its end, and kept up by events. Nothing but a line of each
 * message is held.
 */
export class Journal {
  readonly process: string;
  /** The newest first. */
  readonly entries = signal<readonly Entry[]>([]);
  /** How many messages are older than those that were read. */
  readonly left = computed(() => (this.entries.value.length === 0 ? this.#length.value : this.#low));
  readonly #unit: Unit;
  /** By nonce, from `#low` on without a gap. */
  #messages: Entry[] = [];
  #low = 0;
  /** By their keys. */
  readonly #ticks = new Map<string, Entry>();
  /** What was told of messages that are not read yet. */
  readonly #told = new Map<number, Told>();
  readonly #length = signal(0);
  /** Messages before this nonce are evaluated. */
  #evaluated = 0;
  #page = 50;
  /** What is under way: pages are read one after the other. */
  #turn: Promise<void> = Promise.resolve();
  #isBehind = false;

  constructor(unit: Unit, process: string) {
    this.#unit = unit;
    this.process = process;
  }

  /** What a look at the list of processes said: whatever is new is read. */
  note({ length, evaluated, nextNonce }: ProcessSummary): void {
    this.#length.value = nextNonce;
    this.#evaluated = Math.max(this.#evaluated, evaluated - (length - nextNonce));
    const pending = this.#messages.find(({ status }) => status === 'assigned');
    const missed = pending !== undefined && pending.nonce < this.#evaluated;
    if (this.#isBehind || (nextNonce <= this.#high + 1 && !missed)) return;
    this.#isBehind = true;
    void this.#next(async () => {
      this.#isBehind = false;
      if (this.#messages.length === 0) return this.#readBefore(nextNonce);
      while (await this.#readOn());
      // Events are told once: those of another tab's turn may have been missed.
      if (missed) await this.#judge(pending.nonce, this.#high).finally(() => this.#publish());
    });
  }

  /** Takes in what was evaluated. */
  tell(events: readonly Evaluated[]): void {
    const ticks = events.filter(({ cron }) => cron);
    for (const { nonce, cron, failed, gas } of events) if (!cron) this.#told.set(nonce, { failed, gas });
    if (this.#messages.length === 0) return;
    this.#apply();
    this.#publish();
    if (ticks.length > 0) void this.#next(() => this.#readTicks(ticks));
  }

  /** Reads a page of what is older; answers whether there was any. */
  async older(): Promise<boolean> {
    const before = this.#messages.length;
    await this.#next(() => this.#readBefore(this.#low));
    return this.#messages.length > before;
  }

  get #high(): number {
    return this.#low + this.#messages.length - 1;
  }

  /** A failure leaves what was read, and is told by whoever looks at the unit. */
  #next(task: () => Promise<unknown>): Promise<void> {
    const turn = this.#turn.then(task);
    this.#turn = turn.then(() => undefined, () => undefined);
    return this.#turn;
  }

  async #readBefore(end: number): Promise<void> {
    const start = Math.max(0, end - this.#page);
    if (start >= end) return;
    const before = await this.#log(start, end - start);
    this.#messages = [...before, ...this.#messages];
    this.#low = before[0]?.nonce ?? end;
    this.#apply();
    // They are shown, whatever becomes of the question what they came to.
    await this.#judge(this.#low, end - 1).finally(() => this.#publish());
  }

  async #readOn(): Promise<boolean> {
    const after = await this.#log(this.#high + 1, this.#page);
    this.#messages = [...this.#messages, ...after];
    this.#apply();
    this.#publish();
    return after.length > 0 && this.#high + 1 < this.#length.peek();
  }

  async #log(start: number, limit: number): Promise<Entry[]> {
    const since = performance.now();
    const from = start === 0 ? {} : { from: start - 1 };
    const { edges } = await this.#unit.log({ process: this.process, ...from, limit });
    const isSlow = performance.now() - since > PACE_MS;
    this.#page = Math.min(LONGEST, Math.max(SHORTEST, isSlow ? this.#page >> 1 : this.#page * 2));
    return edges.map((edge) => entryOf(this.process, edge));
  }

  /**
   * Finds out what the messages from `first` to `last` came to, and which ticks were among them. Lists of results leave
   * out what failed.
   */
  async #judge(first: number, last: number): Promise<void> {
    const start = this.#at(first);
    const behind = this.#at(last + 1);
    const evaluated = this.#evaluated;
    if (!start) return;
    const succeeded = new Set<number>();
    const from = first === 0 ? String(start.time) : cursorOf({ time: start.time, nonce: first - 1 });
    for await (const { position, gas } of this.#results(from, behind && cursorOf(behind))) {
      if (position.cron !== undefined) this.#addTick(position, { failed: false, gas });
      else if (this.#at(position.nonce)) {
        succeeded.add(position.nonce);
        this.#told.set(position.nonce, { failed: false, gas: gas ?? 0 });
      }
    }
    this.#apply();
    for (let nonce = first; nonce <= Math.min(last, evaluated - 1); nonce += 1) {
      const entry = this.#at(nonce);
      if (entry?.status === 'assigned' && !succeeded.has(nonce)) this.#set({ ...entry, status: 'failed' });
    }
  }

  /** Ticks have no place in a log: their times are in the list of results. Those that failed are known by events. */
  async #readTicks(told: readonly Evaluated[]): Promise<void> {
    const since = Math.min(...told.map(({ nonce }) => nonce));
    const known = [...this.#ticks.values()].filter(({ nonce }) => nonce >= since).at(-1);
    const message = this.#at(since) ?? this.#messages.at(-1);
    const from: Position = known ?? { time: message?.time ?? 0, nonce: since };
    let time = from.time;
    for await (const { position, gas } of this.#results(cursorOf(from))) {
      if (position.cron !== undefined) this.#addTick(position, { failed: false, gas });
      time = position.time;
    }
    // The time of one that failed is not told: it was a moment ago, and no two are at once.
    time = Math.max(time, Date.now());
    for (const { nonce, failed, gas } of told) if (failed) this.#addTick({ time: (time += 1), nonce, cron: '' }, { failed, gas });
    this.#publish();
  }

  async *#results(start: string, to?: string | undefined): AsyncGenerator<{ position: Position; gas: number | undefined }> {
    let from = start;
    for (;;) {
      const page = await this.#unit.results({ process: this.process, from, to, limit: LONGEST, sort: 'ASC' });
      for (const { node, cursor } of page.edges) yield { position: positionOf(cursor), gas: node.GasUsed };
      const last = page.edges.at(-1);
      if (!page.pageInfo.hasNextPage || !last) return;
      from = last.cursor;
    }
  }

  #addTick({ time, nonce, cron }: Position, { failed, gas }: { failed: boolean; gas: number | undefined }): void {
    const status = failed ? 'failed' : 'evaluated';
    const tick = { process: this.process, nonce, cron: cron ?? '', id: '', from: this.process, action: 'cron', time, cause: '', status } as const;
    const key = keyOf(tick);
    if (!this.#ticks.has(key)) this.#ticks.set(key, gas === undefined ? tick : { ...tick, gas });
  }

  #at(nonce: number): Entry | undefined {
    return this.#messages[nonce - this.#low];
  }

  #set(entry: Entry): void {
    this.#messages[entry.nonce - this.#low] = entry;
  }

  #apply(): void {
    for (const [nonce, { failed, gas }] of this.#told) {
      const entry = this.#at(nonce);
      if (!entry) continue;
      this.#told.delete(nonce);
      this.#set({ ...entry, status: failed ? 'failed' : 'evaluated', ...(gas !== undefined && { gas }) });
    }
  }

  #publish(): void {
    const ticks = [...this.#ticks.values()].sort((a, b) => b.nonce - a.nonce || b.time - a.time);
    const entries = [...this.#messages].reverse();
    this.entries.value = ticks.length === 0 ? entries : merged(entries, ticks);
  }
}

/** Both newest first; ticks come after the message whose nonce they have. */
function merged(messages: readonly Entry[], ticks: readonly Entry[]): Entry[] {
  const all: Entry[] = [];
  let next = 0;
  for (const message of messages) {
    for (; (ticks[next]?.nonce ?? -1) >= message.nonce; next += 1) all.push(ticks[next]!);
    all.push(message);
  }
  return all;
}
