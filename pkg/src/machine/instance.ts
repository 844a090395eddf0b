import { UnitError } from '../error.js';

/** A WebAssembly page. */
const PAGE = 64 * 1024;

/** The memory that `machine.wasm` asks for, in pages: its build says so (`crate/machine/build.rs`). */
const INITIAL_PAGES = 16;

/** What a fresh runtime may use: far more than it does. */
const START_PAGES = 1024;

/** The exports of `machine.wasm`; `crate/machine/src/exports.rs` says what they do. */
interface Exports {
  readonly gas: WebAssembly.Global<'i64'>;
  start(): number;
  input(length: number): number;
  evaluate(messageLength: number): number;
  output(): number;
}

/** How one evaluation ended, and what it cost. */
export interface Verdict {
  /**
   * - `outcome`: `text` is the outcome, JSON;
   * - `rejected`: the runtime refused the message, `text` says why;
   * - `out of gas`, `trapped`: the instance is undefined, discard it.
   */
  readonly kind: 'outcome' | 'rejected' | 'out of gas' | 'trapped';
  readonly text: string;
  readonly gasUsed: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * One process's state: an instance of `machine.wasm` with a memory of its own.
 *
 * Between evaluations the whole state is that memory: its bytes are an image of the process.
 */
export class Instance {
  readonly #memory: WebAssembly.Memory;
  readonly #exports: Exports;
  #view: Uint8Array<ArrayBuffer>;

  private constructor(module: WebAssembly.Module, initial: number, maximum: number) {
    this.#memory = new WebAssembly.Memory({ initial, maximum });
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.#exports = exports as unknown as Exports;
    this.#view = new Uint8Array(this.#memory.buffer);
  }

  /** A fresh runtime, before any message. */
  static start(module: WebAssembly.Module): Instance {
    const instance = attempt(() => new Instance(module, INITIAL_PAGES, START_PAGES));
    if (instance.#exports.start() !== 0) throw new UnitError('MACHINE_TRAPPED', 'the Lua runtime does not start');
    return instance;
  }

  /**
   * An instance whose state is `image`, with at most `memoryLimit` bytes.
   *
   * @throws {@link UnitError} `MACHINE_TRAPPED` when the environment has no memory for it.
   */
  static restore(module: WebAssembly.Module, memoryLimit: number, image: Uint8Array): Instance {
    const pages = image.length / PAGE;
    const instance = attempt(() => new Instance(module, pages, Math.max(pages, Math.floor(memoryLimit / PAGE))));
    instance.bytes.set(image);
    return instance;
  }

  /** A view of the memory, good until the next evaluation. */
  get bytes(): Uint8Array<ArrayBuffer> {
    // A buffer is detached when its memory grows.
    if (this.#view.buffer !== this.#memory.buffer) this.#view = new Uint8Array(this.#memory.buffer);
    return this.#view;
  }

  /** Evaluates a message in its environment, both JSON, with at most `gas`. */
  evaluate(message: Uint8Array, environment: Uint8Array, gas: bigint): Verdict {
    const counter = this.#exports.gas;
    counter.value = gas;
    const verdict = this.#run(message, environment);
    const left = counter.value;
    const gasUsed = Number(left < 0n ? gas : gas - left);
    return left < 0n && verdict.kind === 'trapped'
      ? { kind: 'out of gas', text: `the message used up its ${gas} units of gas`, gasUsed }
      : { ...verdict, gasUsed };
  }

  #run(message: Uint8Array, environment: Uint8Array): Pick<Verdict, 'kind' | 'text'> {
    const { input, evaluate, output } = this.#exports;
    try {
      // Addresses above 2 GiB come as negative numbers.
      const at = input(message.length + environment.length) >>> 0;
      this.bytes.set(message, at);
      this.bytes.set(environment, at + message.length);

      const answer = evaluate(message.length);
      const length = answer < 0 ? -1 - answer : answer;
      const start = output() >>> 0;
      const text = decoder.decode(this.bytes.subarray(start, start + length));
      return { kind: answer < 0 ? 'rejected' : 'outcome', text };
    } catch (error) {
      return { kind: 'trapped', text: this.#explain(error) };
    }
  }

  #explain(error: unknown): string {
    const reason = error instanceof Error ? error.message : String(error);
    const megabytes = (this.bytes.length / 2 ** 20).toFixed(1);
    return `the machine stopped with ${megabytes} MB in use: ${reason} (out of memory, or of stack)`;
  }
}

/** JSON as the machine takes it. */
export function encode(json: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(json);
}

function attempt(make: () => Instance): Instance {
  try {
    return make();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnitError('MACHINE_TRAPPED', `no instance could be made: ${reason}`, { cause: error });
  }
}
