import type { Outcome, Tag } from '../types.js';

/**
 * A message as a machine gets it: a data item and its place in the log of the process.
 *
 * Everything in it is believed. Who calls the machine has verified the signature, and has removed tags named `From`
 * and `Owner`.
 */
export interface MachineMessage {
  Id?: string;
  /** The process that the message is addressed to. */
  Target?: string;
  /** The address that signed it. */
  Owner?: string;
  /** Who sent it: the process that it comes from, otherwise its owner. */
  From?: string;
  Tags?: Tag[];
  Data?: string | null;
  /** Its place in the log of the process. */
  Nonce?: number;
  Epoch?: number;
  /** When it was assigned, in milliseconds: the only clock that a process has. */
  Timestamp?: number;
  'Block-Height'?: number;
  Cron?: boolean;
  [field: string]: unknown;
}

/** A data item of the environment: the process, or its module. */
export interface EnvironmentItem {
  Id: string;
  Owner: string;
  Tags: Tag[];
}

/** Where a message is evaluated. */
export interface Environment {
  Process: EnvironmentItem;
  Module: EnvironmentItem;
}

/** What the evaluation of a message came to, and what it cost. */
export interface Evaluated extends Omit<Outcome, 'GasUsed'> {
  /** Units of gas. */
  gasUsed: number;
}
