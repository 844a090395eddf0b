import { checkObject, checkWhole } from '../arguments.js';
import { CallingHandle } from './calling.js';
import { Modules } from './modules.js';
import { StateView } from './state.js';
import type { WireListing } from '../protocol.js';
import type { WaitOptions } from '../waiting.js';
import type { ClockReading, Found, LogPage, OutboundPage, Outcome, ProcessSummary, ResultsPage } from '../types.js';

/** Which part of a list of outcomes is wanted. */
export interface ResultsOptions extends WaitOptions {
  process: string;
  /** A cursor, after which the list begins; or a time in milliseconds since 1970, which it begins with. */
  from?: string | number | undefined;
  /** A cursor or a time, with which the list ends. */
  to?: string | number | undefined;
  /** How many at most. 25 if left out. */
  limit?: number | undefined;
  /** The oldest or the newest first. `'ASC'` if left out. A cursor keeps the order of the list that it is of. */
  sort?: 'ASC' | 'DESC' | undefined;
}

/** Which part of a log is wanted. */
export interface LogOptions extends WaitOptions {
  process: string;
  /** The nonce, or, by time, the milliseconds since 1970, behind which the list begins: a cursor of the page before. */
  from?: string | number | undefined;
  /** The nonce or the time with which it ends. */
  to?: string | number | undefined;
  /** How many at most. 100 if left out. */
  limit?: number | undefined;
  /** What `from`, `to` and cursors are. `'nonce'` if left out. Two messages may have one time, but never one nonce. */
  by?: 'nonce' | 'time' | undefined;
}

/** Which part of what a process sent to nobody here is wanted. */
export interface OutboundOptions extends WaitOptions {
  process: string;
  /** The number that the list begins with. 0 if left out. */
  from?: number | undefined;
  /** How many at most. 100 if left out. */
  limit?: number | undefined;
}

/** What `unit.find()` takes beside the id. */
export interface FindOptions extends WaitOptions {
  /** The process in whose log it is looked for. Any, if left out. */
  process?: string | undefined;
}

/** The unit as it is read: what it holds, and what was. */
export abstract class ReadingHandle extends CallingHandle {
  /** The modules that processes can name. */
  readonly modules = new Modules((wait, call) => this.within(wait, call));

  /**
   * The processes that the unit has, spawned here or by other processes.
   *
   * @throws {@link UnitError} `TIMEOUT`, `ABORTED`.
   */
  async processes(wait: WaitOptions = {}): Promise<ProcessSummary[]> {
    return this.parsed(wait, 'processes');
  }

  /**
   * Where a message is, in the log of one process or of any; `null` if it is nowhere in the unit. The id of a process is
   * that of its first message.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, if `process` is not in the unit; `TIMEOUT`, `ABORTED`.
   */
  async find(message: string, options: FindOptions = {}): Promise<Found | null> {
    checkObject('what find() takes beside the id', options);
    const { process, ...wait } = options;
    return this.parsed(wait, 'find', message, process);
  }

  /**
   * The unit's time, and the height of its chain.
   *
   * @throws {@link UnitError} `TIMEOUT`, `ABORTED`.
   */
  async clock(wait: WaitOptions = {}): Promise<ClockReading> {
    return this.parsed(wait, 'clock');
  }

  /**
   * The outcome of the message with this nonce, 0 being the process itself; waits until it has been evaluated.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `NONCE_NOT_FOUND`; `TIMEOUT`, `ABORTED`.
   */
  async outcomeAt(process: string, nonce: number, wait: WaitOptions = {}): Promise<Outcome> {
    checkWhole('NONCE_NOT_FOUND', 'a nonce', nonce);
    return this.parsed(wait, 'outcomeAt', process, nonce);
  }

  /**
   * The state of a process as it was after the message with this nonce, to be read. It is made anew from the nearest
   * checkpoint, at the first question.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `NONCE_NOT_FOUND`; `TIMEOUT`, `ABORTED`.
   *
   * @example
   * ```ts
   * const before = await unit.stateAt(token, 3);
   * console.log(await before.inspect('Balances'));
   * ```
   */
  async stateAt(process: string, nonce: number, wait: WaitOptions = {}): Promise<StateView> {
    checkWhole('NONCE_NOT_FOUND', 'a nonce', nonce);
    // Who asks for what is not there hears of it now.
    await this.parsed(wait, 'outcomeAt', process, nonce);
    return new StateView(process, nonce, async () => this.opened);
  }

  /**
   * A part of the outcomes of a process, as aoconnect's `results` has it: those that failed are left out, and nothing
   * is waited for.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `CURSOR_INVALID`, `LISTING_INVALID`; `TIMEOUT`, `ABORTED`.
   *
   * @example
   * ```ts
   * const { edges, pageInfo } = await unit.results({ process, limit: 10, sort: 'DESC' });
   * const more = pageInfo.hasNextPage && (await unit.results({ process, from: edges.at(-1)?.cursor }));
   * ```
   */
  async results(options: ResultsOptions): Promise<ResultsPage> {
    checkObject('what results() takes', options);
    const { process, timeout, signal, ...listing } = options;
    return this.parsed({ timeout, signal }, 'results', process, wireListing(listing));
  }

  /**
   * A part of the log of a process: its messages and their assignments. Ticks of its cron are not among them, because
   * nobody sent them.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `CURSOR_INVALID`, `LISTING_INVALID`; `TIMEOUT`, `ABORTED`.
   */
  async log(options: LogOptions): Promise<LogPage> {
    checkObject('what log() takes', options);
    const { process, by = 'nonce', timeout, signal, ...listing } = options;
    const { page_info, edges } = await this.parsed({ timeout, signal }, 'log', process, wireListing({ ...listing, by }));
    return { pageInfo: { hasNextPage: page_info.has_next_page }, edges };
  }

  /**
   * A part of what a process sent that found no process here: messages to wallets and to processes elsewhere, spawns
   * of unknown modules. Nothing is lost, and nothing leaves the unit by itself.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `LISTING_INVALID`; `TIMEOUT`, `ABORTED`.
   */
  async outbound(options: OutboundOptions): Promise<OutboundPage> {
    checkObject('what outbound() takes', options);
    const { process, from = 0, limit = 100, ...wait } = options;
    checkWhole('LISTING_INVALID', 'from', from);
    checkWhole('LISTING_INVALID', 'limit', limit);
    return this.parsed(wait, 'outbound', process, from, limit);
  }
}

function wireListing({ from, to, ...rest }: Omit<ResultsOptions & LogOptions, 'process' | keyof WaitOptions>): string {
  const listing: WireListing = { from: from?.toString(), to: to?.toString(), ...rest };
  return JSON.stringify(listing);
}
