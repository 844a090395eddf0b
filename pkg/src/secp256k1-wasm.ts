/** The address of the wasm for Ethereum's keys. This file is alone and at the top for the reasons of `worker-script.ts`. */
export function secp256k1Wasm(): URL {
  return new URL('./wasm/secp256k1.wasm', import.meta.url);
}
