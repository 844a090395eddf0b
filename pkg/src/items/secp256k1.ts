import { compileWasm, type WasmSource } from '../machine/source.js';
import { secp256k1Wasm } from '../secp256k1-wasm.js';

/** The exports of `secp256k1.wasm`; `crate/secp256k1/src/lib.rs` says what they do. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  bytes(): number;
  recover(): number;
}

const HASH_LENGTH = 32;
const SIGNATURE_LENGTH = 65;
const KEY_LENGTH = 65;

let from: WasmSource | undefined;
let loading: Promise<Exports> | undefined;

/** Says where `secp256k1.wasm` is, if it is not beside these scripts. Nothing is loaded by that. */
export function curveFrom(source: WasmSource | undefined): void {
  if (source === undefined) return;
  from = source;
  loading = undefined;
}

/**
 * The public key of Ethereum, uncompressed, that made a signature of a hash; nothing if no key did.
 *
 * The wasm that knows the curve is loaded by the first call: few pages need it.
 *
 * @throws {@link UnitError} `WASM_UNAVAILABLE`. The next call tries again.
 */
export async function recoverKey(hash: Uint8Array, signature: Uint8Array): Promise<Uint8Array | undefined> {
  loading ??= load();
  const curve = await loading.catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  const bytes = new Uint8Array(curve.memory.buffer, curve.bytes(), HASH_LENGTH + SIGNATURE_LENGTH);
  bytes.set(hash);
  bytes.set(signature, HASH_LENGTH);
  // The memory may have grown: then the bytes from before are empty.
  return curve.recover() === 1 ? new Uint8Array(curve.memory.buffer, curve.bytes(), KEY_LENGTH).slice() : undefined;
}

async function load(): Promise<Exports> {
  const instance = await WebAssembly.instantiate(await compileWasm(from ?? secp256k1Wasm()));
  return instance.exports as unknown as Exports;
}
