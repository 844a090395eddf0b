import { UnitError } from '../error.js';
import { Instance } from './instance.js';

/**
 * The whole state of a process at one moment: functions, coroutines and all. It survives structured cloning
 * (IndexedDB, `postMessage`).
 */
export interface MachineImage {
  /** The memory of the instance: whole pages of 64 KiB. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Names the build of `machine.wasm` that made it. No other can read it. */
  readonly stamp: string;
}

/** The length of a stamp. */
export const STAMP_LENGTH = 16;

const PAGE = 64 * 1024;

const fresh = new WeakMap<WebAssembly.Module, MachineImage>();

/** The image of a process before its first message: the runtime starts once for each module. */
export function freshImage(module: WebAssembly.Module): MachineImage {
  const known = fresh.get(module);
  if (known) return known;
  const bytes = Instance.start(module).bytes.slice();
  const image = { bytes, stamp: stampOf(bytes) };
  fresh.set(module, image);
  return image;
}

/**
 * The stamp of a build: a hash of the memory of its fresh instance. Code is not in it, but what an image depends on
 * is: where data, functions and objects lie.
 */
function stampOf(bytes: Uint8Array): string {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  let one = 0x811c9dc5;
  let other = 0x9e3779b9;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    // Most of a fresh memory is zero. The index tells where a word stands.
    if (word === 0) continue;
    one = Math.imul((one ^ word) + index, 0x01000193);
    one ^= one >>> 15;
    other = Math.imul((other ^ word) - index, 0x85ebca6b);
    other ^= other >>> 13;
  }
  return hex(one) + hex(other);
}

/**
 * Checks that `image` is one of the machine with this stamp, and that it fits.
 *
 * @throws {@link UnitError} `IMAGE_INVALID`.
 */
export function checkImage({ bytes, stamp }: MachineImage, ours: string, memoryLimit: number): void {
  if (stamp !== ours) throw invalid(`it was made by another build of machine.wasm (${stamp}; this is ${ours})`);
  if (bytes.length === 0 || bytes.length % PAGE !== 0) throw invalid(`${bytes.length} bytes are not whole pages`);
  if (bytes.length > memoryLimit) throw invalid(`it needs ${bytes.length} bytes, the limit is ${memoryLimit}`);
}

/** The error for an image that cannot be restored. */
export function invalid(reason: string): UnitError {
  return new UnitError('IMAGE_INVALID', `the image cannot be restored: ${reason}`);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
