import { UnitError } from './error.js';
import { ConversingHandle } from './handle/conversing.js';
import { waiting, type WaitOptions } from './waiting.js';

/** How much room the page has, and how sure it is. */
export interface StorageState {
  /** Bytes in use by this origin, by the browser's estimate. */
  usage: number;
  /** Bytes that it may use, by the browser's estimate. */
  quota: number;
  /** Whether the browser deletes nothing of it to make room. */
  persisted: boolean;
}

/**
 * An open unit. {@link openUnit} makes it.
 *
 * Several handles may share one worker; each is closed by itself, and the last one closes the unit.
 */
export class Unit extends ConversingHandle {
  /**
   * How much room the page has.
   *
   * @throws {@link UnitError} `UNSUPPORTED` where the browser does not tell; `TIMEOUT`, `ABORTED`.
   */
  async storage(wait: WaitOptions = {}): Promise<StorageState> {
    return waiting(wait, async () => {
      const manager = storageManager();
      const [{ usage = 0, quota = 0 }, persisted] = await Promise.all([manager.estimate(), manager.persisted()]);
      return { usage, quota, persisted };
    });
  }

  /**
   * Asks the browser to delete nothing of this origin to make room. Some ask the user, and some decide by themselves.
   *
   * @returns whether it agreed.
   * @throws {@link UnitError} `UNSUPPORTED` where it cannot be asked; `TIMEOUT`, `ABORTED`.
   */
  async persist(wait: WaitOptions = {}): Promise<boolean> {
    return waiting(wait, async () => storageManager().persist());
  }
}

function storageManager(): StorageManager {
  // Its type says that it is always there; a page on plain http has none.
  const manager = (globalThis.navigator as Navigator | undefined)?.storage as StorageManager | undefined;
  if (manager) return manager;
  throw new UnitError('UNSUPPORTED', 'storage needs a secure context: serve the page over https or from localhost');
}
