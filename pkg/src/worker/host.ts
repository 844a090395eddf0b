import init, { Unit, recoverKeysWith, type Snapshot } from '../wasm/unit.js';
import { UnitError } from '../error.js';
import { curveFrom, recoverKey } from '../items/secp256k1.js';
import { compileMachine, compileWasm } from '../machine/source.js';
import { unitWasm } from '../unit-wasm.js';
import { Consequences } from './consequences.js';
import { Origins } from './origins.js';
import { Verification } from './verification.js';
import type { OpenRequest } from '../protocol.js';

/** What it is opened with, and opened again. */
interface Opening {
  storage: string;
  machine: WebAssembly.Module;
  settings: string;
  verifier: Verification;
}

/** The unit that is in this thread, for all who ask for it. */
export class Host {
  /** Who made its processes. */
  readonly origins = new Origins(() => this.unit);
  /** What follows from which message. */
  readonly consequences = new Consequences(() => this.unit);

  #unit: Unit | undefined;
  readonly #options: Opening;
  readonly #snapshots: Snapshot[] = [];
  readonly #onRevived = new Set<() => void>();

  private constructor(unit: Unit, options: Opening) {
    this.#unit = unit;
    this.#options = options;
  }

  /**
   * Loads the wasm files and opens the storage, which must be nobody else's.
   *
   * @throws {@link UnitError} `WASM_UNAVAILABLE`, `SETTINGS_INVALID`, `STORAGE_UNKNOWN`, `STORE_…`.
   */
  static async open({ storage, wasm, machine: from, secp256k1, settings }: OpenRequest): Promise<Host> {
    const [code, machine] = await Promise.all([
      compileWasm(wasm ?? unitWasm()),
      compileMachine(from),
    ]);
    await init({ module_or_path: code });
    curveFrom(secp256k1);
    recoverKeysWith(recoverKey);
    const options = { storage, machine, settings, verifier: new Verification(code, secp256k1) };
    return new Host(await Unit.open(options), options);
  }

  /** @throws {@link UnitError} `CLOSED`. */
  get unit(): Unit {
    if (!this.#unit) throw new UnitError('CLOSED', 'the unit is not open');
    return this.#unit;
  }

  /** Writes what is pending and lets go of the storage. */
  async close(): Promise<void> {
    const unit = this.#unit;
    this.#unit = undefined;
    // Nothing is freed by hand: calls that still wait may be borrowing the unit.
    await unit?.close();
    this.#options.verifier.end();
  }

  /** Keeps all that the unit holds now; answers the number to {@link Host.revert} to. */
  snapshot(): number {
    return this.#snapshots.push(this.unit.snapshot()) - 1;
  }

  /** Makes the unit what it was at a snapshot, which can be reverted to again. */
  async revert(number: number): Promise<void> {
    const snapshot = this.#snapshots[number];
    if (!snapshot) throw new UnitError('SNAPSHOT_UNKNOWN', `there is no snapshot ${number}: snapshot() gives them`);
    await this.close();
    this.#unit = await Unit.revive(snapshot, this.#options);
    this.consequences.forget();
    for (const onRevived of this.#onRevived) onRevived();
  }

  /** Calls back when the unit is another than it was. Returns what ends that. */
  onRevived(listener: () => void): () => void {
    this.#onRevived.add(listener);
    return () => this.#onRevived.delete(listener);
  }
}
