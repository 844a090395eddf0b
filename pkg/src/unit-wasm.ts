/** The address of the unit's wasm. This file is alone and at the top for the reasons of `worker-script.ts`. */
export function unitWasm(): URL {
  return new URL('./wasm/unit_bg.wasm', import.meta.url);
}
