import init, * as exports from '../wasm/unit.js';
import { compileWasm, type WasmSource } from '../machine/source.js';

/** The functions of `unit_bg.wasm` that know data items. */
export type ItemWasm = Pick<
  typeof exports,
  'signingHash' | 'sealItem' | 'parseItem' | 'verifyItem' | 'createBundle' | 'parseBundle' | 'recoverEthereumKey'
>;

let loading: Promise<ItemWasm> | undefined;

/**
 * The wasm that knows data items, loaded at first use: in a page, in a worker, in Node.
 *
 * @param source - where it comes from, if it is not beside this script. What was loaded first stays.
 * @throws {@link UnitError} `WASM_UNAVAILABLE`. The next use tries again.
 */
export async function itemWasm(source?: WasmSource): Promise<ItemWasm> {
  loading ??= load(source);
  return loading.catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
}

async function load(source?: WasmSource): Promise<ItemWasm> {
  // Literally so: bundlers look for this expression.
  await init({ module_or_path: await compileWasm(source ?? new URL('../wasm/unit_bg.wasm', import.meta.url)) });
  return exports;
}
