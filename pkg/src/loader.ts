/**
 * `ao-unit/loader`: the machine behind the interface of `@permaweb/ao-loader`.
 *
 * @packageDocumentation
 */
import { UnitError } from './error.js';
import { invalid, STAMP_LENGTH, type MachineImage } from './machine/image.js';
import { encode } from './machine/instance.js';
import type { Environment, MachineMessage } from './machine/messages.js';
import { compileMachine, type WasmSource } from './machine/source.js';
import { ProcessState } from './machine/state.js';
import type { Outcome } from './types.js';

export { UnitError };
export type { Environment, EnvironmentItem, MachineMessage } from './machine/messages.js';
export type { WasmSource } from './machine/source.js';
export type { OutboxAssignment, OutboxMessage, OutboxSpawn, Output, Tag } from './types.js';

/** What {@link loader} takes. What else the network's loader takes has no meaning here, and does no harm. */
export interface LoaderOptions {
  /** Gas for one message: a number, or its digits. 1,000,000,000 if left out. Ours counts less than the network's. */
  computeLimit?: number | bigint | string | undefined;
  /** Bytes of memory: a number, its digits, or as tags have it, `'500-mb'`. 256 MiB if left out. */
  memoryLimit?: number | string | undefined;
  /** `machine.wasm`, where it is not beside this script. */
  machine?: WasmSource | undefined;
  [option: string]: unknown;
}

/** What a message came to, with the memory after it. After an `Error`, what the process did not answer is undefined. */
export interface HandleResponse extends Partial<Omit<Outcome, 'GasUsed'>> {
  /** The state of the process after the message, to be given back with a later one, here or to another handle. */
  Memory: Uint8Array<ArrayBuffer>;
  Patches: unknown[];
  GasUsed: number;
}

/**
 * Evaluates a message.
 *
 * @param memory - the state to evaluate it in, as an earlier call answered it; `null` for the instance as it stands.
 * @throws the reason, a string, when the runtime itself refuses the message; an `Error` `out of gas!`;
 *   {@link UnitError} `MACHINE_TRAPPED`, `IMAGE_INVALID`.
 */
export type Handle = (
  memory: ArrayBuffer | Uint8Array | null | undefined,
  message: MachineMessage | string,
  environment: Environment | string,
) => Promise<HandleResponse>;

/**
 * Answers a function that evaluates messages for a process, with the arguments of `@permaweb/ao-loader`.
 *
 * The module that it is given is ignored: it would be the network's own, and this machine, `machine.wasm` of this
 * package, runs the same programs. A memory that the network's module made cannot be given to it.
 *
 * As with the network's loader, nothing is rolled back: after an `Error`, give the memory from before it. A message
 * that runs out of gas or memory leaves the instance as it was.
 *
 * @example
 * ```ts
 * const handle = await loader(wasm, { computeLimit: 9e12, memoryLimit: '500-mb' });
 * const { Memory } = await handle(null, spawn, environment);
 * const { Output, Messages } = await handle(Memory, message, environment);
 * ```
 */
export async function loader(_module?: unknown, options: LoaderOptions = {}): Promise<Handle> {
  const state = new ProcessState(await compileMachine(options.machine), {
    memoryLimit: bytesOf(options.memoryLimit),
    gasLimit: gasOf(options.computeLimit),
  });
  return async (memory, message, environment) => {
    if (memory) state.restore(unpack(memory));
    const { kind, text, gasUsed } = state.evaluate(encode(json(message)), encode(json(environment)));
    if (kind === 'out of gas') throw new UnitError('OUT_OF_GAS', 'out of gas!');
    if (kind === 'trapped') throw new UnitError('MACHINE_TRAPPED', text);
    // No Error, but what the runtime said: so it is with the network's loader.
    if (kind === 'rejected') throw text;
    const { Error, Output, Messages, Spawns, Assignments, Patches = [] } = JSON.parse(text) as Partial<HandleResponse>;
    const answer = { Memory: pack(state), Error, Output, Messages, Spawns, Assignments, Patches };
    return { ...answer, GasUsed: gasUsed } as HandleResponse;
  };
}

export default loader;

/** The state as bare bytes: the stamp stands behind the pages. */
function pack({ bytes, stamp }: ProcessState): Uint8Array<ArrayBuffer> {
  const memory = new Uint8Array(bytes.length + STAMP_LENGTH);
  memory.set(bytes);
  memory.set(encode(stamp), bytes.length);
  return memory;
}

function unpack(memory: ArrayBuffer | Uint8Array): MachineImage {
  if (typeof memory !== 'object') throw invalid('it is no ArrayBuffer and no Uint8Array');
  const all = ArrayBuffer.isView(memory)
    ? new Uint8Array(memory.buffer as ArrayBuffer, memory.byteOffset, memory.byteLength)
    : new Uint8Array(memory);
  const end = Math.max(all.length - STAMP_LENGTH, 0);
  const stamp = String.fromCharCode(...all.subarray(end));
  if (!/^[0-9a-f]{16}$/.test(stamp)) throw invalid('it is not a memory that this loader answered');
  return { bytes: all.subarray(0, end), stamp };
}

/** `1-gb` and `500mb`, as the tags of processes have them, or plain bytes. */
function bytesOf(limit: LoaderOptions['memoryLimit']): number | undefined {
  if (limit === undefined) return undefined;
  const [, digits, unit = 'b'] = /^(\d+(?:\.\d+)?)-?(b|kb|mb|gb)?$/i.exec(String(limit)) ?? [];
  if (digits === undefined) throw new RangeError(`memoryLimit is ${limit}, not a number of bytes`);
  return Number(digits) * 1024 ** ['b', 'kb', 'mb', 'gb'].indexOf(unit.toLowerCase());
}

function gasOf(limit: LoaderOptions['computeLimit']): number | bigint | undefined {
  return typeof limit === 'string' ? Number(limit) : limit;
}

function json(value: object | string): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
