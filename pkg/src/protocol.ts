import { UnitError } from './error.js';
import type { RecoveredKey } from './sign.js';
import type { EventType, UnitEvent } from './events.js';
import type { KeyPair } from './wallets/key.js';
import type {
  Checkpointed,
  ClockReading,
  DryRunMessage,
  Found,
  HeldMessage,
  ItemFields,
  LogEdge,
  ModuleSummary,
  OutboundPage,
  Outcome,
  PausedCause,
  ProcessSummary,
  Receipt,
  Replayed,
  ResultsPage,
} from './types.js';

/**
 * What the page and the unit's worker say to each other: this file, and nothing else, defines it.
 *
 * A verb is declared here and implemented by the worker; the page asks for it by its name.
 */
export interface UnitApi {
  /** Takes a signed data item in; resolves once it is durable. The bytes change hands: they are transferred. */
  accept(item: Uint8Array): Promise<Json<Receipt>>;
  /** Who signed an item, whose signature is verified; the item goes nowhere. The bytes change hands. */
  identify(item: Uint8Array): Promise<Identity>;
  /** Assigns a message of the unit to another process. */
  assign(process: string, message: string, exclude: string[]): Promise<Json<Receipt>>;
  /** The outcome of a message, as soon as it has been evaluated. */
  result(process: string, message: string): Promise<Json<Outcome>>;
  /** The outcome of the message with this nonce, as soon as it has been evaluated. */
  outcomeAt(process: string, nonce: number): Promise<Json<Outcome>>;
  /** The outcome that a message would have, now or after the message with nonce `at`. */
  dryrun(process: string, message: Json<DryRunMessage>, at?: number): Promise<Json<Outcome>>;
  /** The value of a Lua expression, now or after the message with nonce `at`. */
  inspect(process: string, expression: string, owner?: string, at?: number): Promise<Json<unknown>>;
  /** The processes that the unit has. */
  processes(): Promise<Json<ProcessSummary[]>>;
  /** Where a message is: in the log of one process, or of any. */
  find(message: string, process?: string): Promise<Json<Found | null>>;
  clock(): Promise<Json<ClockReading>>;
  /** The modules that processes can name. */
  modules(): Promise<Json<ModuleSummary[]>>;
  registerModule(module: string, name: string): Promise<void>;
  results(process: string, listing: Json<WireListing>): Promise<Json<ResultsPage>>;
  log(process: string, listing: Json<WireListing>): Promise<Json<WireLogPage>>;
  /** What in the log of a process follows from a message of a user. */
  consequences(process: string, of: Descent): Promise<Json<Consequence[]>>;
  /** The body of the message with this nonce, byte for byte; empty if it is for another process. */
  dataAt(process: string, nonce: number): Promise<Uint8Array>;
  outbound(process: string, from: number, limit: number): Promise<Json<OutboundPage>>;
  /** Lets so many milliseconds pass at once. */
  advance(milliseconds: number): Promise<Json<ClockReading>>;
  /** Deletes a process. */
  remove(process: string): Promise<void>;
  paused(): Promise<Json<PausedCause[]>>;
  /** Resolves to the number of messages that had waited. */
  resume(cause: string): Promise<number>;
  monitor(process: string, on: boolean): Promise<void>;
  checkpointNow(process: string): Promise<Json<Checkpointed>>;
  replay(process: string): Promise<Json<Replayed>>;
  /** Resolves to the id of the new process. */
  fork(process: string, nonce?: number): Promise<string>;
  exportProcess(process: string): Promise<Uint8Array>;
  /** Resolves to the id of the process. The bytes change hands: they are transferred. */
  importProcess(file: Uint8Array, trustsCheckpoint: boolean): Promise<string>;
  /** A part of the archive of a process, sealed with `key`. */
  archivePart(process: string, mark: ArchiveMark, key: KeyPair): Promise<ArchivePart>;
  /** Events of these types, and of no others, are told from now on. */
  subscribe(types: EventType[]): Promise<void>;
  /** Tells the value of an expression, now and whenever it has changed, under a number of the page's choice. */
  watch(watch: number, process: string, expression: string, owner?: string): Promise<void>;
  unwatch(watch: number): Promise<void>;
  /** The 48 bytes that the holder of `publicKey` must sign. */
  signingHash(fields: ItemFields, signatureType: number, publicKey: Uint8Array): Promise<Uint8Array>;
  /** The key of Ethereum that made a signature of a personal message. */
  recoverEthereumKey(message: Uint8Array, signature: Uint8Array): Promise<RecoveredKey>;
  /** The finished data item. */
  sealItem(
    fields: ItemFields,
    signatureType: number,
    publicKey: Uint8Array,
    signature: Uint8Array,
  ): Promise<Uint8Array>;
  /** For tests: takes a message that nobody signed. */
  impersonate(message: Json<DryRunMessage>): Promise<Json<Receipt>>;
  /** For tests: holds deliveries back, or lets all go; resolves to how many went. */
  hold(on: boolean): Promise<number>;
  /** For tests: what waits to be delivered. */
  held(): Promise<Json<HeldMessage[]>>;
  /** For tests: waits until nothing is left to evaluate. */
  settled(): Promise<void>;
  /** For tests: delivers one message that waits. */
  release(number: number): Promise<void>;
  /** For tests: sets the clock, in milliseconds since 1970. */
  setTime(time: number): Promise<void>;
  /** For tests: keeps all that the unit holds, under a number. */
  snapshot(): Promise<number>;
  /** For tests: makes the unit what it was at a snapshot. */
  revert(snapshot: number): Promise<void>;
}

/** What a page says to the worker of its own, whichever worker has the unit. */
export interface Attendance {
  /** Opens the storage, or joins those who have it open. Must be the first request. */
  open(options: OpenRequest): Promise<Opened>;
  /** Writes what is pending and lets go of the storage. Must be the last request. */
  close(): Promise<void>;
}

export interface OpenRequest {
  /** `idb://name` or `memory://name`. */
  storage: string;
  /** Addresses of the wasm files, where they are not beside the worker. */
  wasm?: string;
  machine?: string;
  secp256k1?: string;
  /** As `crate/browser/src/settings.rs` reads them. */
  settings: Json<object>;
}

export interface Opened {
  /** The unit's own address. */
  address: string;
}

/** Who signed an item. */
export interface Identity {
  /** The id of the item. */
  id: string;
  /** The address of its owner. */
  owner: string;
}

/** Which part of a list is asked for, as the unit reads it. */
export interface WireListing {
  from?: string | undefined;
  to?: string | undefined;
  limit?: number | undefined;
  sort?: 'ASC' | 'DESC' | undefined;
  by?: 'nonce' | 'time' | undefined;
}

/** A page of a log, as the network's schedulers spell it. */
export interface WireLogPage {
  page_info: { has_next_page: boolean };
  edges: LogEdge[];
}

/** Which part of what follows from a message is asked for. */
export interface Descent {
  /** The id of the message. */
  root: string;
  /** The unit's time before it was sent, in milliseconds since 1970. */
  since: number;
  /** The nonce behind which it begins; -1 for all. */
  after: number;
}

/** A message in a log that follows from another. */
export interface Consequence {
  nonce: number;
  /** The process that was made, if this is the news of it. */
  spawned?: string | undefined;
}

/** Where an archive goes on. */
export interface ArchiveMark {
  /** The nonce of the first message that is not archived yet. */
  nonce: number;
  /** The tags and the id of the last assignment before it. */
  last?: { id: string; tags: { name: string; value: string }[] };
}

export interface ArchivePart {
  /** A bundle. */
  data: Uint8Array;
  /** How many items it has. */
  items: number;
  /** Where the next part begins; none after the last. */
  next?: ArchiveMark;
}

/** JSON text of a `T`: the unit writes it once, and the page parses it where it is needed. */
export type Json<T> = string & { readonly json?: T };

/** Everything that a page can ask. */
export type Api = Attendance & UnitApi;
export type Method = keyof Api;
export type Arguments<M extends Method> = Parameters<Api[M]>;
export type Answer<M extends Method> = Awaited<ReturnType<Api[M]>>;

/** Asks the unit for a verb. */
export type Ask = <M extends Method>(method: M, ...args: Arguments<M>) => Promise<Answer<M>>;

/** The verbs whose bytes change hands. Those of all others stay with whoever asks. */
export const GIVES_AWAY: ReadonlySet<Method> = new Set<Method>(['accept', 'identify', 'importProcess']);

/** Page to worker. */
export type Request = { [M in Method]: { id: number; method: M; args: Arguments<M> } }[Method];

/**
 * Worker to page: the answer to a request, what was subscribed to, that the worker is beyond answering, or the Web Lock
 * that it has for as long as it lives.
 */
export type Reply =
  | { id: number; value: Answer<Method> }
  | { id: number; error: WireError }
  | { events: UnitEvent[] }
  | { watch: number; value: Json<unknown> }
  | { watch: number; error: WireError }
  | { crashed: WireError }
  | { lives: string };

/** An error on its way between the two. */
export interface WireError {
  code: string;
  message: string;
  stack?: string;
}

/** Anything that was thrown, as it crosses. Keeps a string `code`; everything else becomes `INTERNAL`. */
export function errorToWire(thrown: unknown): WireError {
  if (!(thrown instanceof Error)) return { code: 'INTERNAL', message: String(thrown) };
  const { message, stack } = thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : 'INTERNAL';
  return { code, message, ...(stack !== undefined && { stack }) };
}

/** The error that was thrown on the other side. Where it was thrown stays readable as the cause. */
export function errorFromWire({ code, message, stack }: WireError): UnitError {
  return new UnitError(code, message, stack === undefined ? undefined : { cause: stack });
}

/** The half of `Worker`, `MessagePort`, `BroadcastChannel` and a worker's own scope that both ends need. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** What changes hands with a request or a reply, instead of being copied: bytes, and those of a part of an archive. */
export function transferables(...values: readonly unknown[]): Transferable[] {
  return values
    .map((value) => (isArchivePart(value) ? value.data : value))
    .filter((value) => value instanceof Uint8Array)
    .map(({ buffer }) => buffer as ArrayBuffer);
}

function isArchivePart(value: unknown): value is ArchivePart {
  return typeof value === 'object' && value !== null && 'data' in value;
}
