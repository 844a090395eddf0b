import { Unit } from './handle.js';
import { startHosting, type Hosting } from './hosting.js';
import { openTarget, type OpenOptions } from './target.js';

/**
 * Opens the local unit: in a worker, or in this thread where there are none, as in Node.
 *
 * A storage that this page or another tab has open already is shared. One tab has the unit, and the others reach it
 * there; when that tab closes, another goes on from the log. The other options are then those of the first.
 *
 * @throws {@link UnitError} `SETTINGS_INVALID`, which names what does not read; `STORAGE_UNKNOWN`; `UNIT_BUSY` when
 *   another tab has the storage open and does not answer; `STORE_…`, `WASM_UNAVAILABLE`, `UNSUPPORTED`.
 *
 * @example
 * ```ts
 * const unit = await openUnit();
 * const process = await unit.spawn({ module, signer, tags: [{ name: 'On-Boot', value: 'Data' }], data: source });
 * ```
 */
export async function openUnit(options: OpenOptions = {}): Promise<Unit> {
  return openUnitIn(() => startHosting(options.worker), options);
}

/** As {@link openUnit}, in a hosting of the caller's choice. */
export async function openUnitIn(host: () => Hosting | Promise<Hosting>, options: OpenOptions): Promise<Unit> {
  const { target, release } = await openTarget(host, options);
  return new Unit(target, release);
}
