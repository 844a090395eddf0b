import { UnitError } from './error.js';
import type { Json } from './protocol.js';

/** How a unit works. What is left out is as it is by default. */
export interface UnitSettings {
  /**
   * `'relaxed'`: what was acknowledged survives a crash of the page and of the browser; what the disk has not written
   * yet when the machine loses power may be lost. `'strict'`: not even that, at the price of slower writes.
   * `'relaxed'` if left out.
   */
  durability?: 'relaxed' | 'strict' | undefined;
  /** The chain whose blocks processes see: `Block-Height`, and crons that count in blocks. */
  chain?: ChainSettings | undefined;
  /**
   * The most bytes of memory that any process gets, whatever its `Memory-Limit` says. 1 GiB if left out, 4 MiB at
   * least. A process that says nothing gets 256 MiB of it.
   */
  memoryLimit?: number | undefined;
  /**
   * The most gas that a message may use, whatever the `Compute-Limit` of its process says. 1e11 if left out, 1e6 at
   * least. A process that says nothing gets 1e9 of it.
   */
  computeLimit?: number | undefined;
  /**
   * So many messages may follow from one cause, over however many processes, before the rest waits for
   * `unit.resume(cause)`. 10,000 if left out.
   */
  budget?: number | undefined;
  /** So many ticks of a cron are made up for, at most, after the page was closed. 1,000 if left out. */
  catchUp?: number | undefined;
  /** When the unit writes checkpoints by itself: whichever comes first. */
  checkpoints?: CheckpointSettings | undefined;
  /** So many processes are kept in memory, at most; the others are checkpoints and logs. 48 if left out. */
  liveProcesses?: number | undefined;
  /**
   * So many bytes of memory these have together, at most: those that were longest unused become checkpoints and logs
   * when it is more. Each counts as much as its memory and the copy to which it goes back when a message fails. One
   * that is at work stays, whatever it has. 1 GiB if left out, 4 MiB at least.
   */
  liveMemory?: number | undefined;
}

/** What makes a unit one for tests: `ao-unit/test` opens them. */
export interface TestingSettings {
  testing?: {
    /** Where its clock stands, in milliseconds since 1970. */
    clock?: number | undefined;
  };
}

/** A block every two minutes, at about Arweave's heights, if nothing is said. */
export interface ChainSettings {
  /** The height at `startTime`. */
  startHeight?: number | undefined;
  /** In milliseconds since 1970. */
  startTime?: number | undefined;
  /** Milliseconds from block to block. */
  interval?: number | undefined;
}

export interface CheckpointSettings {
  /** After so many messages of a process, 1,000 if left out … */
  evaluations?: number | undefined;
  /** … or so many bytes of outcomes, 8,000,000 if left out … */
  bytes?: number | undefined;
  /** … or when so many milliseconds have passed since its last message, 2,000 if left out. */
  idleMs?: number | undefined;
}

/**
 * Settings as the unit reads them. It refuses names that it does not know.
 *
 * @throws {@link UnitError} `SETTINGS_INVALID` for a number that JSON would turn into something else.
 */
export function settingsJson(settings: object): Json<object> {
  return JSON.stringify(settings, (name, value: unknown) => {
    const isNumber = typeof value === 'number';
    if (isNumber && !(Number.isSafeInteger(value) && value >= 0)) {
      throw new UnitError('SETTINGS_INVALID', `the setting ${name} is ${value}: it must be a whole number from 0 on`);
    }
    return value;
  });
}
