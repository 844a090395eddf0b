import type { BatchVerifier } from '../wasm/unit.js';

/** The name under which the worker's script verifies, and does nothing else. */
export const VERIFIER = 'ao-unit verifier';

/** The unit's worker to the worker that verifies: the compiled wasm and where the other is, then batches of items. */
export type VerifierRequest =
  | { module: WebAssembly.Module; secp256k1: string | undefined }
  | { id: number; batch: Uint8Array };

/** And back: that it is there, then what it found. */
export type VerifierReply = { isReady: true } | { id: number; verdicts: Uint8Array };

/** A worker that nobody has asked anything for so long is ended. */
const IDLE_MS = 10_000;

const NOTHING = new Uint8Array();

/**
 * A second worker, in which items are verified when many come at once. It is made when it is called for, and ended when
 * it was idle. Where there can be none, or it fails, the unit verifies by itself.
 */
export class Verification implements BatchVerifier {
  readonly #module: WebAssembly.Module;
  readonly #secp256k1: string | undefined;
  readonly #pending = new Map<number, (verdicts: Uint8Array) => void>();
  #worker: Worker | undefined;
  #isReady = false;
  #canWork = typeof Worker !== 'undefined' && 'WorkerGlobalScope' in globalThis;
  #lastId = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  /** @param secp256k1 - where `secp256k1.wasm` is, if it is not beside the scripts. */
  constructor(module: WebAssembly.Module, secp256k1: string | undefined) {
    this.#module = module;
    this.#secp256k1 = secp256k1;
  }

  get readiness() {
    if (!this.#worker) return 'absent';
    return this.#isReady ? 'ready' : 'coming';
  }

  call(): void {
    if (this.#worker || !this.#canWork) return;
    try {
      // The same script, so that there is no other to be found, served or bundled.
      const worker = new Worker(self.location.href, { type: 'module', name: VERIFIER });
      worker.addEventListener('message', ({ data }: MessageEvent<VerifierReply>) => this.#receive(data));
      for (const type of ['error', 'messageerror']) worker.addEventListener(type, () => this.#fail());
      worker.postMessage({ module: this.#module, secp256k1: this.#secp256k1 } satisfies VerifierRequest);
      this.#worker = worker;
    } catch {
      this.#fail();
    }
  }

  verify(batch: Uint8Array): Promise<Uint8Array> {
    const worker = this.#worker;
    if (!worker) return Promise.resolve(NOTHING);
    const id = ++this.#lastId;
    clearTimeout(this.#idle);
    return new Promise((resolve) => {
      this.#pending.set(id, resolve);
      worker.postMessage({ id, batch } satisfies VerifierRequest, [batch.buffer]);
    });
  }

  /** Ends the worker. What it has not answered stays unsaid. */
  end(): void {
    clearTimeout(this.#idle);
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#isReady = false;
    for (const resolve of this.#pending.values()) resolve(NOTHING);
    this.#pending.clear();
  }

  #receive(reply: VerifierReply): void {
    if ('isReady' in reply) {
      this.#isReady = true;
    } else {
      this.#pending.get(reply.id)?.(reply.verdicts);
      this.#pending.delete(reply.id);
    }
    clearTimeout(this.#idle);
    if (this.#pending.size === 0) this.#idle = setTimeout(() => this.end(), IDLE_MS);
  }

  /** What failed once is not tried again. */
  #fail(): void {
    this.#canWork = false;
    this.end();
  }
}
