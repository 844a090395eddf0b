import { compileWasm, type WasmSource } from '../machine/source.js';

/** The exports of `secp256k1.wasm`; `crate/secp256k1/src/lib.rs` says what they do. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  bytes(): number;
  recover(): number;
}

const HASH_LENGTH = 32;
const SIGNATURE_LENGTH = 65;
const KEY_LENGTH = 65;

/** Recovers the public key, uncompressed, that made a signature of a hash; nothing if no key did. */
export type RecoverKey = (hash: Uint8Array, signature: Uint8Array) => Promise<Uint8Array | undefined>;

/**
 * What knows the curve of Ethereum. Its wasm is loaded when it is first asked: few pages need it.
 *
 * @param source - where that is, if it is not beside these scripts.
 * @throws what it answers rejects with `WASM_UNAVAILABLE`; the next call tries again.
 */
export function keyRecovery(source?: WasmSource): RecoverKey {
  let loading: Promise<Exports> | undefined;
  return async (hash, signature) => {
    loading ??= load(source);
    const curve = await loading.catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    const bytes = new Uint8Array(curve.memory.buffer, curve.bytes(), HASH_LENGTH + SIGNATURE_LENGTH);
    bytes.set(hash);
    bytes.set(signature, HASH_LENGTH);
    return curve.recover() === 1 ? bytes.slice(0, KEY_LENGTH) : undefined;
  };
}

async function load(source?: WasmSource): Promise<Exports> {
  // Literally so: bundlers look for this expression.
  const module = await compileWasm(source ?? new URL('../wasm/secp256k1.wasm', import.meta.url));
  const { exports } = await WebAssembly.instantiate(module);
  return exports as unknown as Exports;
}
