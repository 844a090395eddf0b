import { UnitClient } from './client.js';
import { UnitError } from './error.js';
import { Unit } from './handle.js';
import { settingsJson, type UnitSettings } from './settings.js';
import { startWorkerScript } from './worker-script.js';
import type { Target } from './handle/base.js';
import type { OpenRequest } from './protocol.js';

/** What {@link openUnit} takes. */
export interface OpenOptions extends UnitSettings {
  /**
   * Where the unit lives: `idb://name` in IndexedDB, `memory://name` until it is closed.
   * `idb://ao-unit` if left out.
   */
  storage?: string | undefined;
  /** The worker script, or a worker that runs it, where a bundler does not find it by itself. */
  worker?: URL | string | Worker | undefined;
  /** The address of `unit_bg.wasm`, where it is not beside the worker. */
  wasm?: URL | string | undefined;
  /** The address of `machine.wasm`, where it is not beside the worker. */
  machine?: URL | string | undefined;
}

/** One worker of this page, and how many handles there are on it. */
interface Shared {
  readonly opened: Promise<Target>;
  close(): Promise<void>;
  handles: number;
  /** One of the handles is the page itself. */
  kept: boolean;
}

/** By storage: a log has one writer. */
const shared = new Map<string, Shared>();

/**
 * Opens the local unit. Opening a storage that this page has open already shares its worker; the other options are
 * then those of the first.
 *
 * @throws {@link UnitError} `SETTINGS_INVALID`, which names what does not read; `STORAGE_UNKNOWN`; `UNIT_BUSY` when
 *   another tab has the storage open; `STORE_…`, `WASM_UNAVAILABLE`, `UNSUPPORTED`.
 *
 * @example
 * ```ts
 * const unit = await openUnit();
 * const process = await unit.spawn({ module, signer, tags: [{ name: 'On-Boot', value: 'Data' }], data: source });
 * ```
 */
export async function openUnit(options: OpenOptions = {}): Promise<Unit> {
  const storage = options.storage ?? 'idb://ao-unit';
  const entry = shared.get(storage) ?? start(storage, options);
  entry.handles += 1;
  const target = await entry.opened;
  return new Unit(target, async () => {
    entry.handles -= 1;
    if (entry.handles === 0) await entry.close();
  });
}

/** The unit of `storage`, kept open until the page goes. Asking again after a failure tries again. */
export function keepOpen(storage: string): Promise<Target> {
  const entry = shared.get(storage) ?? start(storage, {});
  if (!entry.kept) entry.handles += 1;
  entry.kept = true;
  return entry.opened;
}

function start(storage: string, options: OpenOptions): Shared {
  const request = openRequest(storage, options);
  const worker = startWorker(options.worker);
  // A unit that crashed is opened anew by whoever asks next.
  const client = new UnitClient(worker, forget);
  const entry: Shared = { opened: open(), close, handles: 0, kept: false };
  shared.set(storage, entry);
  worker.addEventListener('error', (event) => {
    // Without a message, the script itself could not be loaded.
    client.crash(event.message || 'its script could not be loaded', event.error);
  });
  worker.addEventListener('messageerror', () => client.crash('a message could not be read'));
  return entry;

  async function open(): Promise<Target> {
    try {
      const { address } = await client.ask('open', request);
      const { listeners } = client;
      const [ask, until, watch] = [client.ask.bind(client), client.until.bind(client), client.watch.bind(client)];
      return { address, listeners, ask, until, watch };
    } catch (error) {
      forget();
      throw error;
    }
  }

  async function close(): Promise<void> {
    // From here on, opening the storage starts anew: its worker waits for the lock of this one.
    if (shared.get(storage) === entry) shared.delete(storage);
    await client.close().finally(forget);
  }

  function forget(): void {
    if (shared.get(storage) === entry) shared.delete(storage);
    worker.terminate();
  }
}

function startWorker(worker: OpenOptions['worker']): Worker {
  if (typeof Worker === 'undefined') throw new UnitError('UNSUPPORTED', 'the unit needs a browser with module workers');
  if (worker instanceof Worker) return worker;
  if (worker !== undefined) return new Worker(worker, { type: 'module' });
  return startWorkerScript();
}

/** Addresses are relative to the page, not to the worker. */
function openRequest(storage: string, options: OpenOptions): OpenRequest {
  const { storage: _storage, worker: _worker, wasm, machine, ...settings } = options;
  const base = typeof document === 'undefined' ? location.href : document.baseURI;
  const absolute = (address: URL | string) => new URL(address, base).href;
  return {
    storage,
    settings: settingsJson(settings),
    ...(wasm !== undefined && { wasm: absolute(wasm) }),
    ...(machine !== undefined && { machine: absolute(machine) }),
  };
}
