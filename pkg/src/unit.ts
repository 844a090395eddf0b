/**
 * `ao-unit/unit`: everything that the local unit can do.
 *
 * @packageDocumentation
 */
export { openUnit } from './open.js';
export { Unit } from './handle.js';
export { UnitError } from './error.js';
export type { OpenOptions } from './open.js';
export type { Connection } from './handle.js';
export type { Calls, Data, DryRunOptions, MessageOptions, ResultOptions, SpawnOptions } from './calls.js';
export type {
  Outcome,
  OutboxAssignment,
  OutboxMessage,
  OutboxSpawn,
  Output,
  ProcessSummary,
  Receipt,
  Tag,
} from './types.js';
