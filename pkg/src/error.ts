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
   *   `NONCE_NOT_FOUND`: the log is not that long; `NOT_EVALUATED`: not yet; `NOT_PAUSED`: nothing waits;
   * - `ARGUMENT_INVALID`: an argument of a call is missing or of another type; `SIGNER_REQUIRED`: nobody is to sign;
   * - `TIMEOUT`, `ABORTED`: a call was not waited for any longer;
   * - `MODE_UNKNOWN`: `connect` was asked for a mode that there is not; `MODE_REMOTE`: for one that `ao-unit/remote`
   *   has; `REMOTE_UNAVAILABLE`: what that needs is not installed; `REMOTE_FAILED`: aoconnect failed, in its own
   *   words;
   * - `DEPLOY_FAILED`: the source of a new process failed; `EVALUATION_FAILED`: a message did;
   *   `NOT_JSON`: a reply holds no JSON;
   * - `DATA_INVALID`: what an item was to hold is neither text nor bytes; `SIGNER_ANSWERED_OTHER`: a signer answered an
   *   item for somebody else, or of another type; `SIGNER_INVALID`: it answered nothing that a signer may;
   * - `ITEM_INVALID`, `SIGNATURE_INVALID`, `NO_TARGET`: the data item was refused; `ITEM_TOO_LARGE`: it has more
   *   than 10 MiB;
   * - `CRON_INVALID`, `CRON_UNMATCHED`, `LIMIT_INVALID`: a tag of a process asks for what cannot be;
   * - `DRYRUN_INVALID`: the message of a dry-run was refused;
   * - `CURSOR_INVALID`, `LISTING_INVALID`: a page of a list was asked for in a way that does not read;
   * - `EXPORT_INVALID`: a file is no exported process, or was changed; `PROCESS_EXISTS`: it is here already;
   * - `INSPECTION_FAILED`: an expression could not be evaluated; `ARCHIVE_FAILED`: the bundler refused;
   * - `SETTINGS_INVALID`: the unit was opened with settings that do not read;
   * - `STORAGE_UNKNOWN`: a storage is `idb://name` or `memory://`, and this is neither;
   * - `STORE_QUOTA`: there is no room left; `STORE_BLOCKED`: another page holds the storage;
   *   `STORE_LOST`: the storage was deleted or taken over; `STORE_ABORTED`: a transaction was given up;
   *   `STORE_FAILED`: the storage refused to read or write;
   * - `STORE_UNAVAILABLE`: the browser gives this page no storage for wallets;
   * - `WALLET_REFUSED`: the user refused to give permission, or to sign; `WALLET_FAILED`: the wallet could not, for
   *   the reason it gave; `WALLET_UNSUITABLE`: it is no wallet that can sign data items;
   * - `WALLET_NOT_FOUND`: no wallet of that address is kept; `WALLET_NOT_EXTRACTABLE`: its key cannot be exported;
   * - `KEY_INVALID`: a JSON Web Key is none that can sign, or no key made a signature;
   * - `LOG_CORRUPT`: the stored log of a process does not read as what was written;
   * - `MACHINE_FAILED`: no machine could be made for a process, for want of memory;
   * - `UNIT_BUSY`: another tab has this storage open and does not answer; `INTERRUPTED`: the tab that had begun with what
   *   was asked closed before it answered, and asking again might do the thing twice;
   * - `MODULE_INVALID`: a module cannot be registered under that id;
   * - `TESTING_ONLY`: only a unit for tests does that; `IMPERSONATION_INVALID`, `NOT_HELD`, `ORDER_INVALID`,
   *   `SNAPSHOT_UNKNOWN`, `TIME_INVALID`: what a test asked for cannot be;
   * - `CLOSED`: the unit was closed; `CRASHED`: its worker died;
   * - `WASM_UNAVAILABLE`: a wasm file could not be loaded; `SERVICE_WORKER_FAILED`: a page's service worker cannot be
   *   used;
   * - `OUT_OF_GAS`, `MACHINE_TRAPPED`: a message used up its gas, or its memory;
   * - `MESSAGE_REJECTED`: the runtime of a process refused a message, outside of the process's own errors;
   * - `IMAGE_INVALID`: the image of a machine is damaged, too large, or of another build;
   * - `UNSUPPORTED`: this environment lacks what the unit needs;
   * - `INTERNAL`: a fault of the unit itself.
   */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
