import init, { Unit, parseItem, recoverEthereumKey, sealItem, signingHash, verifyItem } from './wasm/unit.js';
import { UnitError } from './error.js';
import { lockStorage } from './lock.js';
import { machineWasm } from './machine-wasm.js';
import { compileWasm } from './machine/source.js';
import { reportCrash, serve } from './serve.js';
import { unitWasm } from './unit-wasm.js';
import { archivePart } from './worker/archiving.js';
import { Feed } from './worker/feed.js';
import { inspected, inspection } from './worker/inspection.js';
import { Origins } from './worker/origins.js';
import { Watches } from './worker/watches.js';
import type { EventType } from './events.js';
import type { DryRunMessage, ItemFields, Outcome } from './types.js';
import type { ArchiveMark, Json, OpenRequest, Opened, Port, Reply, UnitApi, WireListing } from './protocol.js';
import type { KeyPair } from './wallets/key.js';

const scope = self as unknown as Port;
const tell = (reply: Reply) => scope.postMessage(reply, []);

/**
 * The module worker that the unit lives in. It answers one page, for one storage.
 */
class WorkerUnit implements UnitApi {
  #unit: Unit | undefined;
  #unlock = () => {};
  readonly #origins = new Origins(() => this.#opened);
  readonly #watches = new Watches(tell);
  readonly #feed = new Feed(
    () => this.#opened,
    this.#watches,
    (events) => tell({ events }),
  );

  async open({ storage, wasm, machine, settings }: OpenRequest): Promise<Opened> {
    const [code, machineModule, unlock] = await Promise.all([
      compileWasm(wasm ?? unitWasm()),
      compileWasm(machine ?? machineWasm()),
      storage.startsWith('idb:') ? lockStorage(storage) : () => {},
    ]);
    this.#unlock = unlock;
    await init({ module_or_path: code });
    this.#unit = await Unit.open({ storage, machine: machineModule, settings });
    return { address: this.#unit.address };
  }

  async accept(item: Uint8Array) {
    return this.#opened.accept(item);
  }

  async identify(item: Uint8Array) {
    const { id, address } = parseItem(item);
    if (await verifyItem(item)) return { id, owner: address };
    throw new UnitError('SIGNATURE_INVALID', `the signature of data item ${id} is not that of its owner`);
  }

  async assign(process: string, message: string, exclude: string[]) {
    return this.#opened.assign(process, message, exclude);
  }

  async result(process: string, message: string) {
    return this.#opened.result(process, message);
  }

  async outcomeAt(process: string, nonce: number) {
    return this.#opened.outcomeAt(process, nonce);
  }

  async dryrun(process: string, message: Json<DryRunMessage>, at?: number) {
    return this.#opened.dryrun(process, message, at);
  }

  async inspect(process: string, expression: string, owner?: string, at?: number) {
    const asked = inspection(process, expression, owner ?? (await this.#origins.of(process)).owner);
    const outcome = await this.#opened.dryrun(process, JSON.stringify(asked), at);
    return inspected(JSON.parse(outcome) as Outcome);
  }

  async processes() {
    return this.#opened.processes();
  }

  async results(process: string, listing: Json<WireListing>) {
    return this.#opened.results(process, listing);
  }

  async log(process: string, listing: Json<WireListing>) {
    return this.#opened.log(process, listing);
  }

  async outbound(process: string, from: number, limit: number) {
    return this.#opened.outbound(process, from, limit);
  }

  async paused() {
    return this.#opened.paused();
  }

  async resume(cause: string) {
    return this.#opened.resume(cause);
  }

  async monitor(process: string, on: boolean) {
    return this.#opened.monitor(process, on);
  }

  async checkpointNow(process: string) {
    return this.#opened.checkpointNow(process);
  }

  async replay(process: string) {
    return this.#opened.replay(process);
  }

  async fork(process: string, nonce?: number) {
    return this.#opened.fork(process, nonce);
  }

  async exportProcess(process: string) {
    return this.#opened.exportProcess(process);
  }

  async importProcess(file: Uint8Array, trustsCheckpoint: boolean) {
    return this.#opened.importProcess(file, trustsCheckpoint);
  }

  async archivePart(process: string, mark: ArchiveMark, key: KeyPair) {
    const { module } = await this.#origins.of(process);
    return archivePart(this.#opened, { process, module }, mark, key);
  }

  async subscribe(types: EventType[]) {
    this.#feed.subscribe(types);
  }

  async watch(watch: number, process: string, expression: string, owner?: string) {
    this.#watches.add(watch, process, () => this.inspect(process, expression, owner));
    this.#feed.listen();
  }

  async unwatch(watch: number) {
    this.#watches.remove(watch);
  }

  async signingHash(fields: ItemFields, signatureType: number, publicKey: Uint8Array) {
    return signingHash(fields, signatureType, publicKey);
  }

  async sealItem(fields: ItemFields, signatureType: number, publicKey: Uint8Array, signature: Uint8Array) {
    return sealItem(fields, signatureType, publicKey, signature);
  }

  async recoverEthereumKey(message: Uint8Array, signature: Uint8Array) {
    return recoverEthereumKey(message, signature);
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

// A trap inside a future of the unit surfaces here, and at no request.
self.addEventListener('unhandledrejection', ({ reason }) => reportCrash(scope, reason));
serve(scope, new WorkerUnit());
