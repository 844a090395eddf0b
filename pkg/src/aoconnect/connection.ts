import { createDataItemSigner } from '../signer.js';
import { assignOn, monitorOn } from './monitoring.js';
import { messageOn, sendSignedMessageOn, signMessageOn } from './messages.js';
import { dryrunOn, resultOn, resultsOn } from './reading.js';
import { getLastSlotOn, getMessageByIdOn, getMessagesOn } from './scheduler.js';
import { spawnOn } from './spawning.js';
import type { Reach } from '../calls.js';
import type { Signer } from '../signer.js';
import type { AssignMessageOptions, MonitorOptions } from './monitoring.js';
import type { SendMessageOptions, SendSignedOptions, SignedMessage, SignMessageOptions, Slot } from './messages.js';
import type { Answered, DryRunMessageOptions, ReadResultOptions, ReadResultsOptions, Results } from './reading.js';
import type {
  GetLastSlotOptions,
  GetMessageByIdOptions,
  GetMessagesOptions,
  ScheduledMessage,
  ScheduledMessages,
} from './scheduler.js';
import type { SpawnProcessOptions } from './spawning.js';

/** The unit that a connection is to, and who signs where a call names nobody. */
export interface Local {
  readonly open: Reach;
  readonly signer: Signer | undefined;
}

/**
 * What `connect()` returns: the calls of aoconnect 0.0.98, with its arguments, answers and words. They are functions
 * that can be passed around. Beside its arguments each takes `timeout` (milliseconds) and `signal`.
 *
 * What is thrown is an `Error`, as there, and has a `code` of {@link UnitError} besides: `ARGUMENT_INVALID`,
 * `SIGNER_REQUIRED`, `TIMEOUT`, `ABORTED`, and what each call says. What the unit refuses reads as aoconnect reads out
 * a unit of the network, `404: {"error":"…"}`; the cause is the error of the local one.
 */
export interface Connection {
  /** As it was asked for. */
  MODE: string | undefined;

  /**
   * The outcome of a message, as soon as it has been evaluated; `{ error }` if there is no such process or message.
   */
  result(options: ReadResultOptions): Promise<Answered>;

  /** Outcomes of a process, by cursors. Those that failed are not among them. */
  results(options: ReadResultsOptions): Promise<Results>;

  /**
   * Signs a message and sends it.
   *
   * @returns its id, once it is durable; with `returnAssignmentSlot`, its nonce; with `returnMessageId` too, both.
   * @throws `PROCESS_NOT_FOUND`, `ITEM_INVALID`, `WALLET_REFUSED`, `SIGNER_INVALID` and what else a signer rejects with.
   */
  message(options: SendMessageOptions & { returnAssignmentSlot: true; returnMessageId: true }): Promise<Slot>;
  message(options: SendMessageOptions): Promise<string>;

  /**
   * Spawns a process.
   *
   * @returns its id, once it is durable.
   * @throws `MODULE_UNKNOWN`, and as {@link Connection.message}.
   */
  spawn(options: SpawnProcessOptions): Promise<string>;

  /**
   * Has the cron of a process tick by itself.
   *
   * @returns the id of the item that was signed to ask for it. It is in no log.
   * @throws `PROCESS_NOT_FOUND`, `SIGNATURE_INVALID`, and what a signer rejects with.
   */
  monitor(options: MonitorOptions): Promise<string>;

  /** @see {@link Connection.monitor} */
  unmonitor(options: MonitorOptions): Promise<string>;

  /** Evaluates an unsigned message on a copy of a process; `{ error }` if there is no such process. */
  dryrun(options: DryRunMessageOptions): Promise<Answered>;

  /**
   * Assigns a message of the unit to a process that it is not for.
   *
   * @returns the id of the message.
   * @throws `PROCESS_NOT_FOUND`, `MESSAGE_NOT_FOUND`.
   */
  assign(options: AssignMessageOptions): Promise<string>;

  createDataItemSigner: typeof createDataItemSigner;

  /** Signs a message as `message` would, and sends nothing. */
  signMessage(options: SignMessageOptions): Promise<SignedMessage>;

  /**
   * Sends what {@link Connection.signMessage} signed.
   *
   * @returns the id that it was given.
   * @throws `SIGNATURE_INVALID`, `ITEM_INVALID`, `PROCESS_NOT_FOUND`.
   */
  sendSignedMessage(options: SendSignedOptions): Promise<string>;

  /** A part of the log of a process, by time. */
  getMessages(options: GetMessagesOptions): Promise<ScheduledMessages>;

  /** The nonce of the newest message of the last ten minutes, or of `since` milliseconds; `undefined` without one. */
  getLastSlot(options: GetLastSlotOptions): Promise<string | undefined>;

  /** A message and its assignment. */
  getMessageById(options: GetMessageByIdOptions): Promise<ScheduledMessage | ScheduledMessages>;
}

/** The calls of aoconnect on a unit, which the first of them opens. */
export function createConnection(MODE: string | undefined, local: Local): Connection {
  return {
    MODE,
    result: resultOn(local),
    results: resultsOn(local),
    message: messageOn(local) as Connection['message'],
    spawn: spawnOn(local),
    monitor: monitorOn(local, true),
    unmonitor: monitorOn(local, false),
    dryrun: dryrunOn(local),
    assign: assignOn(local),
    createDataItemSigner,
    signMessage: signMessageOn(local),
    sendSignedMessage: sendSignedMessageOn(local),
    getMessages: getMessagesOn(local),
    getLastSlot: getLastSlotOn(local),
    getMessageById: getMessageByIdOn(local),
  };
}
