import { UnitError } from '../error.js';
import type { MachineImage } from './image.js';
import { encode } from './instance.js';
import type { Limits } from './limits.js';
import type { Environment, Evaluated, MachineMessage } from './messages.js';
import { compileMachine, type WasmSource } from './source.js';
import { ProcessState } from './state.js';

/** What {@link createMachine} takes. */
export interface MachineOptions extends Limits {
  /** `machine.wasm`, where it is not beside this script: its address, its bytes, or the compiled module. */
  wasm?: WasmSource | undefined;
  /**
   * Whether a message whose evaluation fails leaves the state as it was before it: `true` if left out, as a compute
   * unit has it. With `false` what it did until then stays, as with the network's loader.
   *
   * A message that runs out of gas or memory leaves the state as it was in either case.
   */
  rollback?: boolean | undefined;
}

/**
 * Starts the Lua machine of one process, before its first message. The first message that it is given is to be the
 * process itself: from it, it knows its owner.
 *
 * @throws {@link UnitError} `WASM_UNAVAILABLE`; `MACHINE_TRAPPED` when the memory limit is too small for the runtime.
 *
 * @example
 * ```ts
 * const machine = await createMachine();
 * machine.evaluate(spawn, environment);
 * const { Output, Messages, gasUsed } = machine.evaluate(message, environment);
 * ```
 */
export async function createMachine({ wasm, rollback = true, ...limits }: MachineOptions = {}): Promise<Machine> {
  return new Machine(new ProcessState(await compileMachine(wasm), limits), rollback);
}

/** The machine of one process. {@link createMachine} makes it. */
export class Machine {
  readonly #state: ProcessState;
  readonly #rollback: boolean;

  /** @internal */
  constructor(state: ProcessState, rollback: boolean) {
    this.#state = state;
    this.#rollback = rollback;
  }

  /**
   * Evaluates a message. A process that fails is no error: its failure is the `Error` of the outcome.
   *
   * Whatever happens, the machine can evaluate the next message.
   *
   * @param message - the message, or its JSON.
   * @param environment - the process and its module, or their JSON.
   * @throws {@link UnitError} `OUT_OF_GAS`; `MACHINE_TRAPPED` when memory or stack ran out; `MESSAGE_REJECTED` when
   *   the runtime itself refused the message, with its reason.
   */
  evaluate(message: MachineMessage | string, environment: Environment | string): Evaluated {
    const { kind, text, gasUsed } = this.#state.evaluate(encode(json(message)), encode(json(environment)));
    if (kind === 'out of gas') throw new UnitError('OUT_OF_GAS', text);
    if (kind === 'trapped') throw new UnitError('MACHINE_TRAPPED', text);
    if (kind === 'rejected') {
      if (this.#rollback) this.#state.undo();
      throw new UnitError('MESSAGE_REJECTED', text);
    }
    const outcome = JSON.parse(text) as Partial<Evaluated>;
    if (this.#rollback && outcome.Error !== undefined) this.#state.undo();
    return { Output: {}, Messages: [], Spawns: [], Assignments: [], ...outcome, gasUsed };
  }

  /** The state of the process as it is now. */
  image(): MachineImage {
    return { bytes: this.#state.bytes.slice(), stamp: this.#state.stamp };
  }

  /**
   * Makes the state what it was when the image was taken, here or in another machine of the same build.
   *
   * @throws {@link UnitError} `IMAGE_INVALID` when it is of another build, damaged, or larger than the memory limit.
   */
  restore(image: MachineImage): void {
    this.#state.restore(image);
  }

  /** Bytes of memory that the process uses. The machine keeps about as much again, to find its way back. */
  get memoryUsed(): number {
    return this.#state.bytes.length;
  }
}

function json(value: object | string): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
