import type { UnitError } from '../error.js';
import { DEFAULT_STORAGE, keepOpen, type PackageFiles } from '../target.js';
import { createConnection, type Connection } from './connection.js';
import type { Signer } from '../signer.js';

/** What {@link connect} takes. The addresses that aoconnect takes have no meaning on a local unit, and do no harm. */
export interface ConnectOptions extends PackageFiles {
  /** `'legacy'`, or nothing: the local unit either way. */
  MODE?: string | undefined;
  /** The storage of the unit: `idb://ao-unit` if left out. */
  storage?: string | undefined;
  /** Signs where a call names no signer. */
  signer?: Signer | undefined;
  GATEWAY_URL?: string | undefined;
  GRAPHQL_URL?: string | undefined;
  [option: string]: unknown;
}

/**
 * The calls of aoconnect, on the local unit. It is opened by the first call.
 *
 * @throws an `Error` at once: `MODE_UNKNOWN`, or `MODE_REMOTE` for a mode of `ao-unit/remote`; a `TypeError`
 *   `ARGUMENT_INVALID` for a `GATEWAY_URL` that is no address.
 *
 * @example
 * ```ts
 * const { message, result } = connect();
 * const signer = createDataItemSigner(window.arweaveWallet);
 * const id = await message({ process, signer, data: 'hello' });
 * const { Messages, Output } = await result({ process, message: id });
 * ```
 */
export function connect(options: ConnectOptions = {}): Connection {
  const { MODE, storage = DEFAULT_STORAGE, signer, worker, wasm, machine, secp256k1 } = checkedOptions(options);
  if (MODE === 'mainnet') {
    const remedy = "import { connect } from 'ao-unit/remote' to reach the network";
    throw plain('MODE_REMOTE', `MODE 'mainnet' speaks to nodes of the network, and ao-unit to the local unit: ${remedy}`);
  }
  return createConnection(MODE, { open: () => keepOpen(storage, { worker, wasm, machine, secp256k1 }), signer });
}

/** What aoconnect refuses at once, whether it would need it or not. */
export function checkedOptions<O extends ConnectOptions>(options: O): O {
  // The words are those of the engine, of a name in aoconnect.
  if (options === null) throw invalid("Cannot destructure property 'GRAPHQL_URL' of 'args' as it is null.");
  const { MODE, GRAPHQL_URL, GATEWAY_URL = 'https://arweave.net' } = options;
  if (!GRAPHQL_URL) checkAddress(GATEWAY_URL);
  if (!MODE || MODE === 'legacy' || MODE === 'mainnet') return options;
  throw plain('MODE_UNKNOWN', `Unrecognized MODE: ${String(MODE)}`);
}

function checkAddress(address: unknown): void {
  try {
    new URL(address as string);
  } catch (cause) {
    throw invalid((cause as Error).message, cause);
  }
}

function invalid(message: string, cause?: unknown): TypeError {
  return Object.assign(new TypeError(message, cause === undefined ? {} : { cause }), { code: 'ARGUMENT_INVALID' });
}

/** As aoconnect throws: a plain error. */
function plain(code: UnitError['code'], message: string): Error {
  return Object.assign(new Error(message), { code });
}
