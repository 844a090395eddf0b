/**
 * `ao-unit/remote`: the names of `@permaweb/aoconnect`, on the local unit, or on the network: `MODE` decides.
 *
 * `@permaweb/aoconnect` has to be installed beside this package. It is loaded by the first call to the network.
 *
 * @packageDocumentation
 */
import { checkedOptions, connect as connectLocally, type ConnectOptions } from './aoconnect/connect.js';
import { loadAoconnect, remoteConnection, type MainnetConnection } from './aoconnect/remote.js';
import type { Connection } from './aoconnect/connection.js';

export { assign, createDataItemSigner, createSigner, dryrun, message, monitor, result, results } from './index.js';
export { serializeCron, spawn, unmonitor } from './index.js';
export type { MainnetConnection } from './aoconnect/remote.js';
export type * from './index.js';

/** What {@link connect} takes for the network: beside these, whatever aoconnect takes. */
export interface RemoteOptions extends ConnectOptions {
  /** `'legacy'`: messengers, schedulers and compute units. `'mainnet'`: nodes of HyperBEAM. */
  MODE: 'legacy' | 'mainnet';
}

/**
 * The calls of aoconnect: on the local unit without a `MODE`, on the network with one. One line decides where a process
 * lives; signers of this package serve both.
 *
 * Calls to the network are those of the real aoconnect, with its answers and errors; what it throws at once, without any
 * argument, rejects here. All but `request` take `timeout` and `signal`, too, and in `'legacy'` the `signer` that
 * `connect` was given signs where a call names nobody.
 *
 * @throws an `Error` at once, as `connect` of `ao-unit` does. Calls to the network reject with {@link UnitError}
 *   `REMOTE_UNAVAILABLE` where aoconnect is not installed; what aoconnect rejects with has the code `REMOTE_FAILED`,
 *   unless it has one.
 *
 * @example
 * ```ts
 * import { connect } from 'ao-unit/remote';
 *
 * const { message, result } = connect(isPublished ? { MODE: 'legacy' } : {});
 * ```
 */
export function connect(options: RemoteOptions & { MODE: 'mainnet' }): MainnetConnection;
export function connect(options?: ConnectOptions): Connection;
export function connect(options: ConnectOptions = {}): Connection | MainnetConnection {
  const { MODE } = checkedOptions(options);
  if (MODE !== 'legacy' && MODE !== 'mainnet') return connectLocally(options);
  return remoteConnection(MODE, options, loadAoconnect);
}
