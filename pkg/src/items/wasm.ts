import init, * as exports from '../wasm/unit.js';
import { UnitError } from '../error.js';
import { recoverKey } from './secp256k1.js';
import { compileWasm, type WasmSource } from '../machine/source.js';
import { unitWasm } from '../unit-wasm.js';

const NAMES = [
  'signingHash',
  'sealItem',
  'parseItem',
  'identifyItem',
  'createBundle',
  'parseBundle',
  'recoverEthereumKey',
] as const;

/** The functions of `unit_bg.wasm` that know data items. What they throw is a {@link UnitError}. */
export type ItemWasm = Pick<typeof exports, (typeof NAMES)[number]>;

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
  const module = await compileWasm(source ?? unitWasm());
  // Before it is loaded: the glue keeps the first that it is given, whatever it exports.
  const exported = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
  const lacking = NAMES.find((name) => !exported.has(name));
  if (lacking) throw foreign(`it has no ${lacking}()`);
  try {
    await init({ module_or_path: module });
  } catch (error) {
    throw foreign(error instanceof Error ? error.message : String(error), error);
  }
  exports.recoverKeysWith(recoverKey);
  return Object.fromEntries(NAMES.map((name) => [name, named(exports[name])])) as ItemWasm;
}

/** It is WebAssembly, but that of something else, or of another build. */
function foreign(reason: string, cause?: unknown): UnitError {
  const message = `the WebAssembly is not the unit_bg.wasm of these scripts: ${reason}`;
  return new UnitError('WASM_UNAVAILABLE', message, { cause });
}

/** The function, whose errors are of our class: the wasm can only make them look so. */
function named(call: (...args: never[]) => unknown) {
  return (...args: never[]) => {
    try {
      const value = call(...args);
      return value instanceof Promise ? value.catch(rethrow) : value;
    } catch (error) {
      return rethrow(error);
    }
  };
}

function rethrow(error: unknown): never {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : String(error);
  throw new UnitError(typeof code === 'string' ? code : 'INTERNAL', text, { cause: error });
}
