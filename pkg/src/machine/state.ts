import { UnitError } from '../error.js';
import { checkImage, freshImage, type MachineImage } from './image.js';
import { Instance, type Verdict } from './instance.js';
import { checkLimits, type Limits } from './limits.js';

/** A message that changed the state, as the machine took it. */
interface Entry {
  message: Uint8Array;
  environment: Uint8Array;
}

/**
 * The state of a process, and the way back to what it was.
 *
 * Copying the memory before each message would cost more than most messages do. So an image is kept every so many
 * messages, and the messages since: evaluating them again from that image gives the same state, byte for byte.
 */
export class ProcessState {
  /** The stamp of its images. */
  readonly stamp: string;
  readonly #module: WebAssembly.Module;
  readonly #memoryLimit: number;
  readonly #gasLimit: bigint;
  /** Undefined when it broke and could not be brought back. */
  #instance: Instance | undefined;
  #kept: Uint8Array<ArrayBuffer> = new Uint8Array();
  #since: Entry[] = [];
  /** What evaluating them again would cost, in gas, and what keeping them costs, in bytes. */
  #gasSince = 0;
  #bytesSince = 0;

  /** Before any message. */
  constructor(module: WebAssembly.Module, limits: Limits) {
    ({ memoryLimit: this.#memoryLimit, gasLimit: this.#gasLimit } = checkLimits(limits));
    this.#module = module;
    const fresh = freshImage(module);
    this.stamp = fresh.stamp;
    if (fresh.bytes.length > this.#memoryLimit) {
      const message = `the runtime needs ${fresh.bytes.length} bytes of memory, the limit is ${this.#memoryLimit}`;
      throw new UnitError('MACHINE_TRAPPED', message);
    }
    this.restore(fresh);
  }

  /** Evaluates a message. One that runs out of gas or traps has changed nothing. */
  evaluate(message: Uint8Array, environment: Uint8Array): Verdict {
    const instance = this.#live;
    if (this.#isImageDue) this.#keep(instance);
    const verdict = instance.evaluate(message, environment, this.#gasLimit);
    if (verdict.kind === 'out of gas' || verdict.kind === 'trapped') {
      this.#instance = undefined;
      this.#comeBack();
    } else {
      this.#since.push({ message, environment });
      this.#gasSince += verdict.gasUsed;
      this.#bytesSince += message.length + environment.length;
    }
    return verdict;
  }

  /** Undoes the last evaluation. Of one that trapped there is nothing to undo. */
  undo(): void {
    this.#since.pop();
    this.#comeBack();
  }

  /** The state as it is now: a view of the memory, good until the next call. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#live.bytes;
  }

  /** Makes the state what `image` holds. */
  restore(image: MachineImage): void {
    checkImage(image, this.stamp, this.#memoryLimit);
    this.#keepCopy(image.bytes);
    this.#instance = this.#reset();
  }

  get #live(): Instance {
    if (this.#instance) return this.#instance;
    throw new UnitError('MACHINE_TRAPPED', 'the machine is broken: restore an image of it first');
  }

  /** Copying is to cost a hundredth of the time that evaluating takes: a unit of gas is worth many bytes. */
  get #isImageDue(): boolean {
    return this.#gasSince > this.#kept.length || this.#bytesSince > this.#kept.length;
  }

  /** To the last image, and forward again over what was evaluated since. */
  #comeBack(): void {
    const instance = this.#reset();
    this.#instance = undefined;
    for (const { message, environment } of this.#since) {
      const { kind, text } = instance.evaluate(message, environment, this.#gasLimit);
      // It went well before: only an environment that has no memory left can let this happen.
      if (kind === 'out of gas' || kind === 'trapped') {
        throw new UnitError('MACHINE_TRAPPED', `the machine broke on its way back, restore an image of it: ${text}`);
      }
    }
    this.#instance = instance;
    // Errors come in bursts: the next one finds its way back at once.
    if (this.#since.length > 0) this.#keep(instance);
  }

  /** An instance in the state of the last image: the live one, where its memory is no larger than that. */
  #reset(): Instance {
    if (this.#instance?.bytes.length !== this.#kept.length) {
      return Instance.restore(this.#module, this.#memoryLimit, this.#kept);
    }
    this.#instance.bytes.set(this.#kept);
    return this.#instance;
  }

  #keep(instance: Instance): void {
    this.#keepCopy(instance.bytes);
  }

  #keepCopy(bytes: Uint8Array): void {
    if (this.#kept.length !== bytes.length) this.#kept = new Uint8Array(bytes.length);
    this.#kept.set(bytes);
    this.#since = [];
    this.#gasSince = 0;
    this.#bytesSince = 0;
  }
}
