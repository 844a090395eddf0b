import { UnitError } from '../error.js';
import { tagOf } from './transaction.js';
import type { CallTarget } from '../calls.js';
import type { Found } from '../types.js';

/** Where a message stands, and what its assignment says. */
export interface Located {
  found: Found;
  nonce: number;
  /** Milliseconds since 1970. */
  timestamp: number;
}

/** The unit's line about a process, as far as it is looked at. */
export interface ProcessLine {
  id: string;
  /** The nonce that its next message gets. */
  nextNonce: number;
}

/**
 * Where a message is: in the log of `process`, or of any.
 *
 * @throws {@link UnitError} `PROCESS_NOT_FOUND`, `MESSAGE_NOT_FOUND`.
 */
export async function locate(unit: CallTarget, message: string, process?: string): Promise<Located> {
  const found = JSON.parse(await unit.ask('find', message, process)) as Found | null;
  if (!found) {
    const where = process === undefined ? 'the log of any process of this unit' : `the log of process ${process}`;
    throw new UnitError('MESSAGE_NOT_FOUND', `message ${message} is not in ${where}`);
  }
  const { assignment } = found;
  return { found, nonce: Number(tagOf(assignment, 'Nonce')), timestamp: Number(tagOf(assignment, 'Timestamp')) };
}

/** The unit's line about a process, if it has it. */
export async function summaryOf(unit: CallTarget, process: string): Promise<ProcessLine | undefined> {
  const processes = JSON.parse(await unit.ask('processes')) as unknown as ProcessLine[];
  return processes.find(({ id }) => id === process);
}

/** @throws {@link UnitError} `PROCESS_NOT_FOUND`. */
export async function requireProcess(unit: CallTarget, process: string): Promise<ProcessLine> {
  const summary = await summaryOf(unit, process);
  if (summary) return summary;
  throw new UnitError('PROCESS_NOT_FOUND', `process ${process} is not in this unit: spawn or import it first`);
}
