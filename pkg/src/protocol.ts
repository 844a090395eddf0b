import { UnitError } from './error.js';
import type { DryRunMessage, ItemFields, Outcome, ProcessSummary, Receipt } from './types.js';

/**
 * What the page and the unit's worker say to each other: this file, and nothing else, defines it.
 * {@link UnitApi} is implemented by the client in the page and by the worker alike.
 */
export interface UnitApi {
  /** Loads the wasm files and opens the storage. Must be the first request. */
  open(options: OpenRequest): Promise<Opened>;
  /** Takes a signed data item in; resolves once it is durable. The bytes change hands: they are transferred. */
  accept(item: Uint8Array): Promise<Json<Receipt>>;
  /** The outcome of a message, as soon as it has been evaluated. */
  result(process: string, message: string): Promise<Json<Outcome>>;
  /** The outcome that a message would have. */
  dryrun(process: string, message: Json<DryRunMessage>): Promise<Json<Outcome>>;
  /** The processes that the unit has. */
  processes(): Promise<Json<ProcessSummary[]>>;
  /** The 48 bytes that the holder of `publicKey` must sign. */
  signingHash(fields: ItemFields, signatureType: number, publicKey: Uint8Array): Promise<Uint8Array>;
  /** The finished data item. */
  sealItem(
    fields: ItemFields,
    signatureType: number,
    publicKey: Uint8Array,
    signature: Uint8Array,
  ): Promise<Uint8Array>;
  /** Writes what is pending and lets go of the storage. Must be the last request. */
  close(): Promise<void>;
}

export interface OpenRequest {
  /** `idb://name` or `memory://name`. */
  storage: string;
  /** Addresses of the wasm files, where they are not beside the worker. */
  wasm?: string;
  machine?: string;
}

export interface Opened {
  /** The unit's own address. */
  address: string;
}

/** JSON text of a `T`: the unit writes it once, and the page parses it where it is needed. */
export type Json<T> = string & { readonly json?: T };

export type Method = keyof UnitApi;
type Arguments<M extends Method> = Parameters<UnitApi[M]>;
export type Answer<M extends Method> = Awaited<ReturnType<UnitApi[M]>>;

/** Page to worker. */
export type Request = { [M in Method]: { id: number; method: M; args: Arguments<M> } }[Method];

/** Worker to page: the answer to a request, or that the worker is beyond answering. */
export type Reply =
  | { id: number; value: Answer<Method> }
  | { id: number; error: WireError }
  | { crashed: WireError };

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

/** The half of `Worker`, `MessagePort` and a worker's own scope that both ends need. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

/** What changes hands with a request or a reply, instead of being copied. */
export function transferables(...values: readonly unknown[]): Transferable[] {
  return values.filter((value) => value instanceof Uint8Array).map(({ buffer }) => buffer as ArrayBuffer);
}
