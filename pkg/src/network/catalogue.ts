import { byTime, transactionsOf, type Transaction } from './transaction.js';
import type { CallTarget } from '../calls.js';
import type { ProcessSummary } from '../types.js';
import type { WireLogPage } from '../protocol.js';

/** So many entries of a log are read at once. */
const ENTRIES_AT_ONCE = 1_000;

/**
 * Everything that is in the logs of the unit, in the order in which it came there. A log only ever grows, so that what
 * was read of it once is not read again; but a unit for tests may go back, and then all is.
 */
export class Catalogue {
  readonly #unit: CallTarget;
  /** By process, the last entry that was read of its log. */
  readonly #read = new Map<string, { nonce: number; assignment: string }>();
  readonly #byId = new Map<string, Transaction>();
  #sorted: Transaction[] = [];
  #reading: Promise<void> = Promise.resolve();

  constructor(unit: CallTarget) {
    this.#unit = unit;
  }

  /** All of it, the oldest first. */
  async transactions(): Promise<readonly Transaction[]> {
    await this.#refresh();
    return this.#sorted;
  }

  /** What has these ids, in no order. A message is found without reading the logs. */
  async withIds(ids: Iterable<string>): Promise<Transaction[]> {
    const found: Transaction[] = [];
    for (const id of new Set(ids)) {
      const transaction = (await this.#find(id)) ?? (await this.#readAndFind(id));
      if (transaction) found.push(transaction);
    }
    return found;
  }

  async #find(id: string): Promise<Transaction | undefined> {
    const found = JSON.parse(await this.#unit.ask('find', id)) as Parameters<typeof transactionsOf>[0] | null;
    return found ? transactionsOf(found).find((transaction) => transaction.id === id) : undefined;
  }

  async #readAndFind(id: string): Promise<Transaction | undefined> {
    await this.#refresh();
    return this.#byId.get(id);
  }

  /** Reads on, one reader at a time: whoever asks sees what was there when it asked. */
  #refresh(): Promise<void> {
    const reading = this.#reading.then(() => this.#readLogs());
    this.#reading = reading.catch(() => {});
    return reading;
  }

  async #readLogs(): Promise<void> {
    const processes = JSON.parse(await this.#unit.ask('processes')) as ProcessSummary[];
    const isThere = new Set(processes.map(({ id }) => id));
    if ([...this.#read.keys()].some((process) => !isThere.has(process))) this.#forget();
    const before = this.#byId.size;
    for (const { id } of processes) {
      if (await this.#readLog(id)) continue;
      // This log is another than it was: so may be the others.
      this.#forget();
      return this.#readLogs();
    }
    if (this.#byId.size > before || this.#sorted.length === 0) this.#sorted = [...this.#byId.values()].sort(byTime);
  }

  /** Reads on in a log; `false` if what was read of it before is not there any more. */
  async #readLog(process: string): Promise<boolean> {
    for (let more = true; more; ) {
      const last = this.#read.get(process);
      // From the last entry that is known, to see that it still is.
      const listing = { ...(last && { from: String(last.nonce - 1) }), by: 'nonce', limit: ENTRIES_AT_ONCE };
      const page = JSON.parse(await this.#unit.ask('log', process, JSON.stringify(listing))) as WireLogPage;
      if (last && page.edges[0]?.node.assignment.id !== last.assignment) return false;
      for (const { node, cursor } of page.edges) {
        // Forks have the beginning of another's log: what is in both is one transaction.
        for (const transaction of transactionsOf({ process, ...node })) {
          if (!this.#byId.has(transaction.id)) this.#byId.set(transaction.id, transaction);
        }
        this.#read.set(process, { nonce: Number(cursor), assignment: node.assignment.id });
      }
      more = page.page_info.has_next_page;
    }
    return true;
  }

  #forget(): void {
    this.#read.clear();
    this.#byId.clear();
    this.#sorted = [];
  }
}
