/**
 * `ao-unit`: the names of `@permaweb/aoconnect`, on the local unit.
 *
 * @packageDocumentation
 */
import { connect } from './aoconnect/connect.js';

export { connect };
export { serializeCron } from './aoconnect/cron.js';
export { createDataItemSigner, createSigner } from './signer.js';
export type { ConnectOptions } from './aoconnect/connect.js';
export type { Connection } from './aoconnect/connection.js';
export type { Cron } from './aoconnect/cron.js';
export type {
  SendMessageOptions,
  SendSignedOptions,
  SignedMessage,
  SignMessageOptions,
  Slot,
} from './aoconnect/messages.js';
export type { AssignMessageOptions, MonitorOptions } from './aoconnect/monitoring.js';
export type {
  Answered,
  DryRunMessageOptions,
  ReadResultOptions,
  ReadResultsOptions,
  Results,
} from './aoconnect/reading.js';
export type {
  GetLastSlotOptions,
  GetMessageByIdOptions,
  GetMessagesOptions,
  ScheduledMessage,
  ScheduledMessages,
} from './aoconnect/scheduler.js';
export type { SpawnProcessOptions } from './aoconnect/spawning.js';
export type { Data } from './calls.js';
export type { UnitError } from './error.js';
export type { PackageFiles } from './target.js';
export type { Create, CreateOptions, Signed, Signer, SignerFields, SigningWallet } from './signer.js';
export type { ArweaveWallet } from './signers/arweave.js';
export type { EthereumProvider } from './signers/ethereum.js';
export type { KeyHolder } from './signers/key.js';
export type { LogEdge, LogItem, Outcome, Output, Tag } from './types.js';
export type { OutboxAssignment, OutboxMessage, OutboxSpawn, OutboxTag } from './types.js';
export type { WaitOptions } from './waiting.js';

/** The calls on the unit `idb://ao-unit`. */
export const { assign, dryrun, message, monitor, result, results, spawn, unmonitor } = connect();
