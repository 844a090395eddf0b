/** The address of the machine's wasm. This file is alone and at the top for the reasons of `worker-script.ts`. */
export function machineWasm(): URL {
  return new URL('./wasm/machine.wasm', import.meta.url);
}
