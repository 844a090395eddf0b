import { identifyItem, recoverEthereumKey, sealItem, signingHash, type Unit } from '../wasm/unit.js';
import { archivePart } from './archiving.js';
import { dataAt } from './data.js';
import { Feed } from './feed.js';
import { inspected, inspection } from './inspection.js';
import { Watches } from './watches.js';
import type { Host } from './host.js';
import type { EventType } from '../events.js';
import type { ArchiveMark, Descent, Json, Reply, UnitApi, WireListing } from '../protocol.js';
import type { DryRunMessage, ItemFields, Outcome } from '../types.js';
import type { KeyPair } from '../wallets/key.js';

/** One page's dealings with the unit of this thread: its requests, and what it wants to be told. */
export class Session implements UnitApi {
  readonly #host: Host;
  readonly #watches: Watches;
  readonly #feed: Feed;
  readonly #forget: () => void;

  constructor(host: Host, tell: (reply: Reply) => void) {
    this.#host = host;
    this.#watches = new Watches(tell);
    this.#feed = new Feed(
      () => host.unit,
      this.#watches,
      (events) => tell({ events }),
    );
    this.#forget = host.onRevived(() => this.#feed.listenAnew());
  }

  /** Tells nothing more. */
  end(): void {
    this.#forget();
    this.#watches.clear();
    this.#feed.subscribe([]);
  }

  async accept(item: Uint8Array) {
    return this.#unit.accept(item);
  }

  async identify(item: Uint8Array) {
    return identifyItem(item);
  }

  async assign(process: string, message: string, exclude: string[]) {
    return this.#unit.assign(process, message, exclude);
  }

  async result(process: string, message: string) {
    return this.#unit.result(process, message);
  }

  async outcomeAt(process: string, nonce: number) {
    return this.#unit.outcomeAt(process, nonce);
  }

  async dryrun(process: string, message: Json<DryRunMessage>, at?: number) {
    return this.#unit.dryrun(process, message, at);
  }

  async inspect(process: string, expression: string, owner?: string, at?: number) {
    const asked = inspection(process, expression, owner ?? (await this.#host.origins.of(process)).owner);
    const outcome = await this.#unit.dryrun(process, JSON.stringify(asked), at);
    return inspected(JSON.parse(outcome) as Outcome);
  }

  async processes() {
    return this.#unit.processes();
  }

  async find(message: string, process?: string) {
    return this.#unit.find(message, process);
  }

  async clock() {
    return this.#unit.clock();
  }

  async modules() {
    return this.#unit.modules();
  }

  async registerModule(module: string, name: string) {
    return this.#unit.registerModule(module, name);
  }

  async results(process: string, listing: Json<WireListing>) {
    return this.#unit.results(process, listing);
  }

  async log(process: string, listing: Json<WireListing>) {
    return this.#unit.log(process, listing);
  }

  async consequences(process: string, of: Descent) {
    return JSON.stringify(await this.#host.consequences.of(process, of));
  }

  async dataAt(process: string, nonce: number) {
    return dataAt(this.#unit, process, nonce);
  }

  async outbound(process: string, from: number, limit: number) {
    return this.#unit.outbound(process, from, limit);
  }

  async paused() {
    return this.#unit.paused();
  }

  async advance(milliseconds: number) {
    return this.#unit.advance(milliseconds);
  }

  async remove(process: string) {
    return this.#unit.remove(process);
  }

  async resume(cause: string) {
    return this.#unit.resume(cause);
  }

  async monitor(process: string, on: boolean) {
    return this.#unit.monitor(process, on);
  }

  async checkpointNow(process: string) {
    return this.#unit.checkpointNow(process);
  }

  async replay(process: string) {
    return this.#unit.replay(process);
  }

  async fork(process: string, nonce?: number) {
    return this.#unit.fork(process, nonce);
  }

  async exportProcess(process: string) {
    return this.#unit.exportProcess(process);
  }

  async importProcess(file: Uint8Array, trustsCheckpoint: boolean) {
    return this.#unit.importProcess(file, trustsCheckpoint);
  }

  async archivePart(process: string, mark: ArchiveMark, key: KeyPair) {
    const { module } = await this.#host.origins.of(process);
    return archivePart(this.#unit, { process, module }, mark, key);
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

  async impersonate(message: Json<DryRunMessage>) {
    return this.#unit.impersonate(message);
  }

  async hold(on: boolean) {
    return this.#unit.hold(on);
  }

  async held() {
    return this.#unit.held();
  }

  async settled() {
    return this.#unit.settled();
  }

  async release(number: number) {
    return this.#unit.release(number);
  }

  async setTime(time: number) {
    this.#unit.setTime(time);
  }

  async snapshot() {
    return this.#host.snapshot();
  }

  async revert(snapshot: number) {
    return this.#host.revert(snapshot);
  }

  get #unit(): Unit {
    return this.#host.unit;
  }
}
