import { UnitClient } from './client.js';
import { startHosting, type Hosting } from './hosting.js';
import { settingsJson, type TestingSettings, type UnitSettings } from './settings.js';
import type { Target } from './handle/base.js';
import type { OpenRequest } from './protocol.js';

/** Where the files of the package are. What is left out is found where the package has it. */
export interface PackageFiles {
  /** The worker script, or a worker that runs it, where a bundler does not find it by itself. */
  worker?: URL | string | Worker | undefined;
  /** The address of `unit_bg.wasm`, where it is not beside the worker. */
  wasm?: URL | string | undefined;
  /** The address of `machine.wasm`, where it is not beside the worker. */
  machine?: URL | string | undefined;
  /**
   * The address of `secp256k1.wasm`, where it is not beside the worker. It is loaded when the first item comes that an
   * Ethereum wallet signed.
   */
  secp256k1?: URL | string | undefined;
}

/** What `openUnit` takes. */
export interface OpenOptions extends UnitSettings, PackageFiles {
  /**
   * Where the unit lives: `idb://name` in IndexedDB, `memory://name` until it is closed.
   * `idb://ao-unit` if left out.
   */
  storage?: string | undefined;
}

/** One unit of this page, and how many handles there are on it. */
interface Shared {
  readonly opened: Promise<Target>;
  close(): Promise<void>;
  handles: number;
  /** One of the handles is the page itself. */
  kept: boolean;
}

/** The unit of whoever names none. */
export const DEFAULT_STORAGE = 'idb://ao-unit';

/** By storage. */
const shared = new Map<string, Shared>();

/** What a handle is made of: the unit, and what lets go of it. */
export async function openTarget(
  host: () => Hosting | Promise<Hosting>,
  options: OpenOptions & TestingSettings,
): Promise<{ target: Target; release: () => Promise<void> }> {
  const storage = options.storage ?? DEFAULT_STORAGE;
  const entry = shared.get(storage) ?? start(storage, options, host);
  entry.handles += 1;
  const target = await entry.opened;
  const release = async () => {
    entry.handles -= 1;
    if (entry.handles === 0) await entry.close();
  };
  return { target, release };
}

/** The unit of `storage`, kept open until the page goes. Asking again after a failure tries again. */
export function keepOpen(storage: string, files: PackageFiles = {}): Promise<Target> {
  const entry = shared.get(storage) ?? start(storage, files, () => startHosting(files.worker));
  if (!entry.kept) entry.handles += 1;
  entry.kept = true;
  return entry.opened;
}

function start(storage: string, options: OpenOptions, host: () => Hosting | Promise<Hosting>): Shared {
  const request = openRequest(storage, options);
  let hosting: Hosting | undefined;
  let client: UnitClient | undefined;
  const entry: Shared = { opened: open(), close, handles: 0, kept: false };
  shared.set(storage, entry);
  return entry;

  async function open(): Promise<Target> {
    try {
      hosting = await host();
      // A unit that crashed is opened anew by whoever asks next.
      client = new UnitClient(hosting.port, forget);
      hosting.onDeath(client.crash.bind(client));
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
    // From here on, opening the storage starts anew: it waits for the lock of this one.
    if (shared.get(storage) === entry) shared.delete(storage);
    await client?.close().finally(forget);
  }

  function forget(): void {
    if (shared.get(storage) === entry) shared.delete(storage);
    hosting?.terminate();
  }
}

/** Addresses are relative to the page, not to the worker. */
function openRequest(storage: string, options: OpenOptions): OpenRequest {
  const { storage: _storage, worker: _worker, wasm, machine, secp256k1, ...settings } = options;
  const base = typeof document === 'undefined' ? globalThis.location?.href : document.baseURI;
  // Node has no address of its own: there, it is the path of a file.
  const absolute = (address: URL | string) => (base === undefined ? String(address) : new URL(address, base).href);
  return {
    storage,
    settings: settingsJson(settings),
    ...(wasm !== undefined && { wasm: absolute(wasm) }),
    ...(machine !== undefined && { machine: absolute(machine) }),
    ...(secp256k1 !== undefined && { secp256k1: absolute(secp256k1) }),
  };
}
