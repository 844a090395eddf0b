/**
 * An error of the unit, with a `code` that stays the same from version to version.
 *
 * A process that fails is no error: its failure is the `Error` of an {@link Outcome}.
 *
 * @example
 * ```ts
 * try {
 *   await unit.message({ process, signer });
 * } catch (error) {
 *   if (error instanceof UnitError && error.code === 'PROCESS_NOT_FOUND') { … }
 * }
 * ```
 */
export class UnitError extends Error {
  override readonly name = 'UnitError';

  /**
   * What went wrong, for programs:
   * - `PROCESS_NOT_FOUND`, `MESSAGE_NOT_FOUND`, `MODULE_UNKNOWN`: the unit does not have it;
   * - `ITEM_INVALID`, `SIGNATURE_INVALID`: the data item was refused;
   * - `STORE_FAILED`: the browser's storage refused to read or write;
   * - `UNIT_BUSY`: another tab has this storage open;
   * - `CLOSED`: the unit was closed; `CRASHED`: its worker died;
   * - `WASM_UNAVAILABLE`: a wasm file could not be loaded;
   * - `UNSUPPORTED`: this environment lacks what the unit needs;
   * - `INTERNAL`: a fault of the unit itself.
   */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
