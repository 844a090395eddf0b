import { checkObject, checkText, checkWhole } from '../arguments.js';
import { archive, type ArchiveOptions, type Archived } from '../archive.js';
import { copyOf } from '../bytes.js';
import { describe } from '../describe.js';
import { WatchingHandle } from './watching.js';
import type { Checkpointed, ClockReading, PausedCause, Replayed } from '../types.js';
import type { WaitOptions } from '../waiting.js';

/** What `unit.importProcess()` takes beside the file. */
export interface ImportProcessOptions extends WaitOptions {
  /**
   * `true`: the state is what the checkpoint in the file says, at once. Whoever wrote the file is believed then. If
   * left out, the log is evaluated anew.
   */
  trustCheckpoint?: boolean | undefined;
}

/** What `unit.fork()` takes beside the process. */
export interface ForkOptions extends WaitOptions {
  /** The nonce of the last message that the new process has seen. The last that was evaluated, if left out. */
  nonce?: number | undefined;
}

/** The unit as it is kept: what waits, what ticks, what is stored, and what is carried elsewhere. */
export abstract class KeepingHandle extends WatchingHandle {
  /**
   * The causes from which so much has followed that the rest waits.
   *
   * @throws {@link UnitError} `TIMEOUT`, `ABORTED`.
   */
  async paused(wait: WaitOptions = {}): Promise<PausedCause[]> {
    return this.parsed(wait, 'paused');
  }

  /**
   * Lets a paused cause go on, with a budget that is new.
   *
   * @param cause - as {@link KeepingHandle.paused} and the event `paused` name it.
   * @returns the number of messages that had waited.
   * @throws {@link UnitError} `NOT_PAUSED`; `TIMEOUT`, `ABORTED`.
   */
  async resume(cause: string, wait: WaitOptions = {}): Promise<number> {
    return this.within(wait, (ask) => ask('resume', cause));
  }

  /**
   * Has the cron of a process tick by itself, and what it sends delivered, until {@link KeepingHandle.unmonitor}: after
   * a reload, too. Without it, ticks come with the next message, and what they send stays in their outcomes.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`; `TIMEOUT`, `ABORTED`.
   */
  async monitor(process: string, wait: WaitOptions = {}): Promise<void> {
    return this.within(wait, (ask) => ask('monitor', process, true));
  }

  /** @see {@link KeepingHandle.monitor} */
  async unmonitor(process: string, wait: WaitOptions = {}): Promise<void> {
    return this.within(wait, (ask) => ask('monitor', process, false));
  }

  /**
   * Lets time pass at once: the unit's clock is ahead of the computer's by so much more from now on, for every tab and
   * after every reload, and does not go back. Ticks of crons that become due by that come. It is for trying out what
   * would take long.
   *
   * @param milliseconds - how much, a whole number from 0 on.
   * @returns the time that it is now.
   * @throws a `RangeError` for another number; {@link UnitError} `STORE_…`; `TIMEOUT`, `ABORTED`.
   *
   * @example
   * ```ts
   * await unit.advanceClock(24 * 60 * 60 * 1000); // tomorrow
   * ```
   */
  async advanceClock(milliseconds: number, wait: WaitOptions = {}): Promise<ClockReading> {
    if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) {
      throw new RangeError(`time passes by a whole number of milliseconds from 0 on, not ${describe(milliseconds)}`);
    }
    return this.parsed(wait, 'advance', milliseconds);
  }

  /**
   * Deletes a process: its log, its outcomes and its checkpoints. It cannot be taken back; what
   * {@link KeepingHandle.exportProcess} gave can be imported again. What other processes send to it from then on is
   * listed by `unit.outbound()`.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `STORE_…`; `TIMEOUT`, `ABORTED`.
   */
  async deleteProcess(process: string, wait: WaitOptions = {}): Promise<void> {
    checkText('process', process);
    return this.within(wait, (ask) => ask('remove', process));
  }

  /**
   * Writes a checkpoint of a process now, once its log is evaluated. The unit does so by itself, too.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `STORE_…`; `TIMEOUT`, `ABORTED`.
   */
  async checkpointNow(process: string, wait: WaitOptions = {}): Promise<Checkpointed> {
    return this.parsed(wait, 'checkpointNow', process);
  }

  /**
   * Evaluates the log of a process from nothing, and compares every outcome and the memory at the end with what is
   * stored. The unit does nothing else meanwhile.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `LOG_CORRUPT`; `TIMEOUT`, `ABORTED`.
   */
  async replay(process: string, wait: WaitOptions = {}): Promise<Replayed> {
    return this.parsed(wait, 'replay', process);
  }

  /**
   * A new process that goes on from where another was after the message with this nonce, by default the last that was
   * evaluated. Its owner is the same, and it learns its new id with its next message.
   *
   * @returns its id.
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `NONCE_NOT_FOUND`, `NOT_EVALUATED`; `TIMEOUT`, `ABORTED`, and the
   *   new process may be there.
   */
  async fork(process: string, options: ForkOptions = {}): Promise<string> {
    checkObject('what fork() takes beside the process', options);
    const { nonce, ...wait } = options;
    if (nonce !== undefined) checkWhole('NONCE_NOT_FOUND', 'a nonce', nonce);
    return this.within(wait, (ask) => ask('fork', process, nonce));
  }

  /**
   * A process in one file: its log, its outcomes and its state, once its log is evaluated.
   *
   * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `LOG_CORRUPT`; `TIMEOUT`, `ABORTED`.
   */
  async exportProcess(process: string, wait: WaitOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    return (await this.within(wait, (ask) => ask('exportProcess', process))) as Uint8Array<ArrayBuffer>;
  }

  /**
   * Takes in a process that was exported, here or elsewhere. Its chain of hashes and every signature are verified, and
   * it goes on where it was.
   *
   * @param file - what {@link KeepingHandle.exportProcess} gave. It is copied.
   * @returns the id of the process.
   * @throws {@link UnitError} `EXPORT_INVALID`, which says what is wrong; `SIGNATURE_INVALID`, `PROCESS_EXISTS`,
   *   `MODULE_UNKNOWN`, `STORE_…`; `TIMEOUT`, `ABORTED`, and the process may be there.
   */
  async importProcess(file: Uint8Array, options: ImportProcessOptions = {}): Promise<string> {
    checkObject('what importProcess() takes beside the file', options);
    const { trustCheckpoint = false, ...wait } = options;
    return this.within(wait, (ask) => ask('importProcess', copyOf(file), trustCheckpoint));
  }

  /**
   * Posts a process to a bundler, so that it is permanent on Arweave: its messages, as they were signed, their
   * assignments, and its state, as bundles that `signer` signs. A bundle has at most 5,000 items and 50 MB; a long log
   * makes several, each of which is signed and posted.
   *
   * What processes sent and what the unit assigned was never signed by anybody: a key that is made for this archive and
   * then forgotten signs it, and its tag `Unit-Id` is the id that it has in the unit. The state is what
   * {@link KeepingHandle.importProcess} takes, under the tags of the network's checkpoints.
   *
   * @throws {@link UnitError} `ARCHIVE_FAILED` with the status and the words of the bundler, and the bundles that were
   *   posted before; `PROCESS_NOT_FOUND`; what the signer rejects with; `TIMEOUT`, `ABORTED`, with the bundles that were
   *   posted before.
   *
   * @example
   * ```ts
   * const signer = createDataItemSigner(window.arweaveWallet);
   * const { ids } = await unit.archive(process, { signer, url: 'https://bundler.example' });
   * ```
   */
  async archive(process: string, options: ArchiveOptions): Promise<Archived> {
    checkObject('what archive() takes beside the process', options);
    return archive((given) => (given ? this.opened.until(given) : this.ask), process, options);
  }
}
