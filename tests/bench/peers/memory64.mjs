// aos 2.0.6 is wasm with 64-bit addresses, which Node before 24 has behind a flag.

const MEMORY64 = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 4, 1]);

/** What Node must be started with, so that it runs the module. */
export const memory64 = WebAssembly.validate(MEMORY64) ? [] : ['--experimental-wasm-memory64', '--no-warnings'];
