import { checkObject } from './arguments.js';
import { Unit } from './handle.js';
import { startHosting, type Hosting } from './hosting.js';
import { openTarget, type OpenOptions } from './target.js';
import { waiting, type WaitOptions } from './waiting.js';

/**
 * Opens the local unit: in a worker, or in this thread where there are none, as in Node.
 *
 * A storage that this page or another tab has open already is shared. One tab has the unit, and the others reach it
 * there; when that tab closes, another goes on from the log. The other options are then those of the first.
 *
 * @throws {@link UnitError} `SETTINGS_INVALID`, which names what does not read; `STORAGE_UNKNOWN`; `UNIT_BUSY` when
 *   another tab has the storage open and does not answer; `STORE_…`, `WASM_UNAVAILABLE`, `UNSUPPORTED`; `TIMEOUT`,
 *   `ABORTED`.
 *
 * @example
 * ```ts
 * const unit = await openUnit();
 * const process = await unit.spawn({ module, signer, tags: [{ name: 'On-Boot', value: 'Data' }], data: source });
 * ```
 */
export async function openUnit(options: OpenOptions & WaitOptions = {}): Promise<Unit> {
  checkObject('what openUnit() takes', options);
  return openUnitIn(() => startHosting(options.worker), options);
}

/** As {@link openUnit}, in a hosting of the caller's choice. */
export async function openUnitIn(
  host: () => Hosting | Promise<Hosting>,
  { timeout, signal, ...options }: OpenOptions & WaitOptions,
): Promise<Unit> {
  const { target, release } = await openTargetWithin({ timeout, signal }, host, options);
  return new Unit(target, release);
}

/** As `openTarget`, for as long as it is waited for: what is open after that is let go of. */
export async function openTargetWithin(wait: WaitOptions, ...how: Parameters<typeof openTarget>): Promise<Opened> {
  let opening: Promise<Opened> | undefined;
  try {
    return await waiting(wait, () => (opening = openTarget(...how)));
  } catch (error) {
    opening?.then(({ release }) => release()).catch(() => {});
    throw error;
  }
}

type Opened = Awaited<ReturnType<typeof openTarget>>;
