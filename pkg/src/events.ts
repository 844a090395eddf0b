import type { UnitError } from './error.js';

/** What is told of each type of event. Ids are those of processes and messages. */
export interface EventMap {
  /** A message has its place in the log of a process. */
  assigned: { process: string; message: string; nonce: number };
  /** A message was evaluated. */
  evaluated: {
    process: string;
    message: string;
    nonce: number;
    /** Whether it is a tick of the process's cron, which comes after the message of this nonce. */
    cron: boolean;
    /** Whether the process failed, and its state stayed as it was. */
    failed: boolean;
    /** Units of gas that it used. */
    gas: number;
  };
  /** What process `from` sent is in the log of `process`. */
  delivered: { from: string; process: string; message: string };
  /** What a process sent is for nobody here: `unit.outbound()` lists it. */
  outbound: {
    process: string;
    /** The nonce of the message whose outcome it is in. */
    nonce: number;
    /** Whom it is for. */
    target: string;
    /** Why it was not delivered. */
    reason: string;
  };
  /** A process was deleted. */
  removed: { process: string };
  /** So much has followed from one cause that the rest waits for `unit.resume(cause)`. */
  paused: {
    cause: string;
    /** How many messages may follow before a pause. */
    allowance: number;
  };
  /** A cause that had been paused goes on. */
  resumed: { cause: string };
  /** Ticks of a process's cron came while nobody looked, too many to be made up for. */
  cronPassedOver: { process: string; count: number };
  /** A checkpoint was written. */
  checkpointed: {
    process: string;
    /** The nonce of the last message that it holds. */
    nonce: number;
    /** Its size. */
    bytes: number;
  };
  /** A checkpoint is of no use, and was deleted: the log is evaluated instead. */
  checkpointDiscarded: {
    process: string;
    /** The nonce of the last message that it held. */
    nonce: number;
    reason: string;
  };
  /** A message came to something else when it was evaluated anew than it did before. */
  outcomeDiffers: { process: string; nonce: number };
  /** Something went wrong that no request will hear of. */
  error: {
    /** The process that it concerns, if it concerns one. */
    process: string | null;
    /** A code of {@link UnitError}. */
    code: string;
    message: string;
  };
}

export type EventType = keyof EventMap;

/** An event, as a listener is given it. */
export type UnitEvent<T extends EventType = EventType> = { [K in T]: { type: K } & EventMap[K] }[T];

/** Every type there is: what `on` is asked for is looked up here. */
const TYPES: Record<EventType, true> = {
  assigned: true,
  evaluated: true,
  delivered: true,
  outbound: true,
  removed: true,
  paused: true,
  resumed: true,
  cronPassedOver: true,
  checkpointed: true,
  checkpointDiscarded: true,
  outcomeDiffers: true,
  error: true,
};

/** @throws a `RangeError` that names the types there are: a listener to no event would never be called. */
export function checkEventType(type: unknown): asserts type is EventType {
  if (typeof type === 'string' && Object.hasOwn(TYPES, type)) return;
  throw new RangeError(`there is no event '${String(type)}', but ${Object.keys(TYPES).join(', ')}`);
}

/** The page's listeners, by type. The worker is told whenever the types change that are listened to. */
export class Listeners {
  readonly #listeners = new Map<EventType, Set<(event: never) => void>>();
  readonly #onTypes: (types: EventType[]) => void;

  constructor(onTypes: (types: EventType[]) => void) {
    this.#onTypes = onTypes;
  }

  /** Returns what takes the listener away again. */
  add<T extends EventType>(type: T, listener: (event: UnitEvent<T>) => void): () => void {
    // A wrapper, so that one function that listens twice is called twice, and taken away once.
    const added = (event: UnitEvent<T>) => listener(event);
    const ofType = this.#listeners.get(type);
    if (ofType) ofType.add(added);
    else {
      this.#listeners.set(type, new Set([added]));
      this.#tellTypes();
    }
    return () => this.#remove(type, added);
  }

  /** Calls who listens, in the order in which it happened. */
  dispatch(events: readonly UnitEvent[]): void {
    for (const event of events) {
      for (const listener of [...(this.#listeners.get(event.type) ?? [])]) guarded(() => listener(event as never));
    }
  }

  #remove(type: EventType, added: (event: never) => void): void {
    const ofType = this.#listeners.get(type);
    if (!ofType?.delete(added) || ofType.size > 0) return;
    this.#listeners.delete(type);
    this.#tellTypes();
  }

  #tellTypes(): void {
    this.#onTypes([...this.#listeners.keys()]);
  }
}

/** Calls what is the user's own. What it throws is an uncaught error of the page, and stops nobody else's call. */
export function guarded(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
