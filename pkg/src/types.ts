/**
 * The words that a page and the unit share: what goes in, what comes out.
 */

/** One tag of a data item. Tags are ordered, and a name may occur more than once. */
export interface Tag {
  name: string;
  value: string;
}

/** What a data item says, before it is signed. */
export interface ItemFields {
  /** The payload: text, or bytes. */
  data: string | Uint8Array;
  tags: Tag[];
  /** The process that the item is addressed to; a spawn has none. */
  target?: string;
  /** Exactly 32 bytes, as UTF-8, that the sender chooses. */
  anchor?: string;
}

/** A message as a process put it into its outbox. */
export interface OutboxMessage {
  /** Missing when the process named none. */
  Target?: string;
  /** As the process gave it: text, or any other JSON value. */
  Data?: unknown;
  Anchor: string;
  Tags: OutboxTag[];
}

/** A tag as a process put it into its outbox: its value may be any JSON value. */
export interface OutboxTag {
  name: string;
  value?: unknown;
}

/** A spawn as a process put it into its outbox. */
export interface OutboxSpawn {
  Data: unknown;
  Anchor: string;
  Tags: OutboxTag[];
}

/** A request to assign a message to more processes. */
export interface OutboxAssignment {
  Processes: string[];
  Message: string;
}

/** What the runtime of a process prints and returns. */
export interface Output {
  /** What was printed or returned, as text. */
  data?: string;
  /** The prompt of the process, with terminal colours. */
  prompt?: string;
  /** Whether `data` was printed by a handler. */
  print?: boolean;
  [field: string]: unknown;
}

/** What the evaluation of one message came to, as the ao protocol has it. */
export interface Outcome {
  /** As on the network it is the empty string, of which no field can be read, when the evaluation failed. */
  Output: Output;
  Messages: OutboxMessage[];
  Spawns: OutboxSpawn[];
  Assignments: OutboxAssignment[];
  /** Present when the evaluation failed. The state of the process is then what it was before. */
  Error?: string;
  /** Units of gas that the evaluation used. */
  GasUsed?: number;
}

/** An unsigned message that is evaluated on a copy of the process and leaves no trace. */
export interface DryRunMessage {
  Id: string;
  Target: string;
  Owner: string;
  Anchor: string;
  Data: string;
  Tags: Tag[];
}

/** Where an accepted item stands. */
export interface Receipt {
  /** The id of the item. */
  id: string;
  /** The process whose log it is in; a spawned process is its own. */
  process: string;
  /** Its place in that log. */
  nonce: number;
}

/** One line about a process of the unit. */
export interface ProcessSummary {
  id: string;
  /** The address that spawned it. */
  owner: string;
  /** Its `Name` tag, if it has one. */
  name: string | null;
  /** Messages in its log, the spawn included. */
  length: number;
  /** How many of them have been evaluated. */
  evaluated: number;
}
