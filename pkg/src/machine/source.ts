import { UnitError } from '../error.js';

/** Where a machine's code comes from: an address, the bytes of `machine.wasm`, or the compiled module. */
export type WasmSource = URL | string | BufferSource | WebAssembly.Module;

let bundled: Promise<WebAssembly.Module> | undefined;

/**
 * The compiled machine. Without `source` it is the one that the package brings, compiled once for all.
 *
 * @throws {@link UnitError} `WASM_UNAVAILABLE`.
 */
export async function compileMachine(source?: WasmSource): Promise<WebAssembly.Module> {
  if (source !== undefined) return compileWasm(source);
  // Literally so: bundlers look for this expression.
  bundled ??= compileWasm(new URL('../wasm/machine.wasm', import.meta.url));
  return bundled.catch((error: unknown) => {
    bundled = undefined;
    throw error;
  });
}

/**
 * Compiles WebAssembly, in a browser and in Node.
 *
 * @throws {@link UnitError} `WASM_UNAVAILABLE`, with the address.
 */
export async function compileWasm(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  const isAddress = source instanceof URL || typeof source === 'string';
  try {
    if (!isAddress) return await WebAssembly.compile(source);
    const path = filePath(source);
    return await (path === undefined ? compileResponse(await fetch(source)) : compileFile(path));
  } catch (error) {
    const name = isAddress ? String(source) : 'WebAssembly from bytes';
    throw new UnitError('WASM_UNAVAILABLE', `cannot load ${name}: ${messageOf(error)}`, { cause: error });
  }
}

/** Compiles while it loads, where the server says what the file is; otherwise after. */
async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const streams = response.headers.get('content-type') === 'application/wasm';
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** What is used of Node, which a browser never loads. */
interface NodeFiles {
  readFile(path: URL | string): Promise<Uint8Array<ArrayBuffer>>;
}

async function compileFile(path: URL | string): Promise<WebAssembly.Module> {
  // Not a literal, so that bundlers for browsers do not look for it.
  const module = 'node:fs/promises';
  const { readFile } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ module)) as NodeFiles;
  return WebAssembly.compile(await readFile(path));
}

/** The file that an address means in Node; elsewhere `fetch` decides what an address means. */
function filePath(address: URL | string): URL | string | undefined {
  if (!runsInNode()) return undefined;
  if (address instanceof URL) return address.protocol === 'file:' ? address : undefined;
  if (address.startsWith('file:')) return new URL(address);
  return /^[a-z][a-z0-9+.-]+:/i.test(address) ? undefined : address;
}

function runsInNode(): boolean {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  return process?.versions?.node !== undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
