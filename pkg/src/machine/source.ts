import { UnitError } from '../error.js';
import { machineWasm } from '../machine-wasm.js';

/** Where a machine's code comes from: an address, the bytes of `machine.wasm`, or the compiled module. */
export type WasmSource = URL | string | BufferSource | WebAssembly.Module;

/** How files are had where they are no files. */
let load = (address: URL | string): Promise<Response> => fetch(address);

/** Has files loaded by another way: a service worker has kept them for when there is no network. */
export function loadWasmBy(loader: typeof load): void {
  load = loader;
}

let bundled: Promise<WebAssembly.Module> | undefined;

/**
 * The compiled machine. Without `source` it is the one that the package brings, compiled once for all.
 *
 * @throws {@link UnitError} `WASM_UNAVAILABLE`.
 */
export async function compileMachine(source?: WasmSource): Promise<WebAssembly.Module> {
  if (source !== undefined) return compileWasm(source);
  bundled ??= compileWasm(machineWasm());
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
    const node = nodeProcess();
    const path = node && filePath(source);
    if (node && path !== undefined) return await compileFile(node, path);
    return await compileResponse(await load(source));
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

/** What is used of Node. */
interface NodeProcess {
  versions?: { node?: string };
  getBuiltinModule(id: 'node:fs/promises'): { readFile(path: URL | string): Promise<Uint8Array<ArrayBuffer>> };
}

async function compileFile(node: NodeProcess, path: URL | string): Promise<WebAssembly.Module> {
  // Not by `import`: bundlers for browsers would look for it, or warn that they cannot.
  const { readFile } = node.getBuiltinModule('node:fs/promises');
  return WebAssembly.compile(await readFile(path));
}

/** The file that an address means in Node, if it means one. Elsewhere `fetch` decides what an address means. */
function filePath(address: URL | string): URL | string | undefined {
  if (address instanceof URL) return address.protocol === 'file:' ? address : undefined;
  if (address.startsWith('file:')) return new URL(address);
  return /^[a-z][a-z0-9+.-]+:/i.test(address) ? undefined : address;
}

function nodeProcess(): NodeProcess | undefined {
  const { process } = globalThis as { process?: NodeProcess };
  return process?.versions?.node === undefined ? undefined : process;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
