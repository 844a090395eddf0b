import init, { Unit, sealItem, signingHash } from './wasm/unit.js';
import { UnitError } from './error.js';
import { lockStorage } from './lock.js';
import { compileWasm } from './machine/source.js';
import { reportCrash, serve } from './serve.js';
import type { DryRunMessage, ItemFields } from './types.js';
import type { Json, OpenRequest, Opened, Port, UnitApi } from './protocol.js';

/**
 * The module worker that the unit lives in. It answers one page, for one storage.
 */
class WorkerUnit implements UnitApi {
  #unit: Unit | undefined;
  #unlock = () => {};

  async open({ storage, wasm, machine }: OpenRequest): Promise<Opened> {
    const [code, machineModule, unlock] = await Promise.all([
      compileWasm(wasm ?? new URL('./wasm/unit_bg.wasm', import.meta.url)),
      compileWasm(machine ?? new URL('./wasm/machine.wasm', import.meta.url)),
      storage.startsWith('idb:') ? lockStorage(storage) : () => {},
    ]);
    this.#unlock = unlock;
    await init({ module_or_path: code });
    this.#unit = await Unit.open({ storage, machine: machineModule, settings: '{}' });
    return { address: this.#unit.address };
  }

  async accept(item: Uint8Array) {
    return this.#opened.accept(item);
  }

  async result(process: string, message: string) {
    return this.#opened.result(process, message);
  }

  async dryrun(process: string, message: Json<DryRunMessage>) {
    return this.#opened.dryrun(process, message);
  }

  async processes() {
    return this.#opened.processes();
  }

  async signingHash(fields: ItemFields, signatureType: number, publicKey: Uint8Array) {
    return signingHash(fields, signatureType, publicKey);
  }

  async sealItem(fields: ItemFields, signatureType: number, publicKey: Uint8Array, signature: Uint8Array) {
    return sealItem(fields, signatureType, publicKey, signature);
  }

  async close() {
    const unit = this.#unit;
    this.#unit = undefined;
    // Nothing is freed by hand: the page ends this worker next, and calls that still wait may be borrowing
    // the unit. If closing fails, the lock goes with the worker and not before.
    await unit?.close();
    this.#unlock();
  }

  get #opened(): Unit {
    if (!this.#unit) throw new UnitError('CLOSED', 'the unit is not open');
    return this.#unit;
  }
}

const scope = self as unknown as Port;
// A trap inside a future of the unit surfaces here, and at no request.
self.addEventListener('unhandledrejection', ({ reason }) => reportCrash(scope, reason));
serve(scope, new WorkerUnit());
