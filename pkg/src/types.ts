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
  /** Messages in its log, the spawn included, and ticks of its cron. */
  length: number;
  /** How many of them have been evaluated. */
  evaluated: number;
  /** The nonce of its next message. */
  nextNonce: number;
  /** How many of the things that it sent found no process here: `unit.outbound()` lists them. */
  outbound: number;
  /** The process that it was forked from, if it was. */
  forkedFrom: string | null;
  /** Its cron, if it asks for one. */
  cron: CronSummary | null;
}

/** The cron of a process in a list of processes. */
export interface CronSummary {
  /** Whether it ticks by itself: see `unit.monitor()`. */
  monitored: boolean;
  /** How many ticks were too many to be made up for. */
  passedOver: number;
  /** Its intervals that cannot be read: they never tick. */
  never: string[];
  /** When its next tick is due, in milliseconds since 1970; `null` if none ever is. */
  next: number | null;
}

/** A part of a list of outcomes, as aoconnect has it. */
export interface ResultsPage {
  pageInfo: { hasNextPage: boolean };
  /** Outcomes that failed are not among them. */
  edges: {
    node: Outcome;
    /** What `from` takes to go on after it. */
    cursor: string;
  }[];
}

/** A part of the log of a process. */
export interface LogPage {
  pageInfo: { hasNextPage: boolean };
  edges: LogEdge[];
}

/** An entry of a log. */
export interface LogEdge {
  node: {
    /** `null` if it was assigned to this process and is for another. */
    message: LogItem | null;
    /** Where it stands: its tags are those of the network's schedulers. */
    assignment: LogItem;
  };
  /** Its nonce or its time, whichever the list goes by. */
  cursor: string;
}

/** A message that was looked for, where it was found. */
export interface Found {
  /** The process in whose log it is. */
  process: string;
  /** `null` if it was assigned to this process and is for another. */
  message: LogItem | null;
  assignment: LogItem;
}

/** The unit's time, and the height of its chain. */
export interface ClockReading {
  /** In milliseconds since 1970. */
  timestamp: number;
  /** In blocks. */
  height: number;
  /** How the height comes about. */
  chain: {
    /** The height at `startTime`. */
    startHeight: number;
    /** In milliseconds since 1970. */
    startTime: number;
    /** Milliseconds from block to block. */
    interval: number;
  };
}

/** A module that processes can name. */
export interface ModuleSummary {
  /** What the tag `Module` of a process says. */
  id: string;
  name: string;
  /** Whether it was registered in this unit; otherwise it is one that the network knows by its id. */
  registered: boolean;
}

/** A message between processes that waits to be delivered, in a unit for tests. */
export interface HeldMessage {
  /** Those that were sent earlier have lower numbers. */
  number: number;
  /** The id of the message that it follows from. */
  cause: string;
  /** The process that sent it. */
  from: string;
  /** The process that it is for. */
  process: string;
  id: string;
  tags: Tag[];
  data: string;
}

/** A message or an assignment in a log. */
export interface LogItem {
  id: string;
  owner: {
    address: string;
    /** The public key in base64url; empty of what bears no signature. */
    key: string;
  };
  tags: Tag[];
  /** As text: bytes that are no UTF-8 are replaced in it. */
  data: string | null;
  /** Empty of what processes sent, and of assignments: nobody but the unit wrote them. */
  signature: string;
  anchor: string | null;
  target: string;
}

/** A part of the list of what a process sent to nobody here. */
export interface OutboundPage {
  /** How many there are in all. */
  total: number;
  entries: OutboundEntry[];
}

/** Something that a process sent and that found no process here. */
export interface OutboundEntry {
  /** Its number in the list. */
  number: number;
  /** The nonce of the message whose outcome it is in. */
  nonce: number;
  kind: 'Message' | 'Spawn' | 'Assignment';
  /** An address; of a spawn, the module; of an assignment, the process. */
  target: string;
  /** Why it was not delivered. */
  reason: string;
  /** As it stands in the outcome. */
  sent: OutboxMessage | OutboxSpawn | OutboxAssignment;
}

/** A cause from which so much has followed that the rest waits. */
export interface PausedCause {
  /** The id of the message that a user signed; of a tick of a cron, the process and the time. */
  cause: string;
  /** How many messages wait. */
  held: number;
  /** The processes that they are for. */
  processes: string[];
}

/** A checkpoint that was written. */
export interface Checkpointed {
  /** How many entries of the log it holds. */
  at: number;
  /** How many bytes were written; 0 if there was one already. */
  bytes: number;
}

/** What came of evaluating a log from nothing. */
export interface Replayed {
  /** How many entries were evaluated. */
  entries: number;
  /** How many outcomes are other than those that are stored. */
  different: number;
  /** The first of them, as JSON text. */
  firstDifference: { nonce: number; stored: string; replayed: string } | null;
  /** Whether the memory is, byte for byte, what the process has now. */
  memoryIsEqual: boolean;
}
