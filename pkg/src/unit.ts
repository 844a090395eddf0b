/**
 * `ao-unit/unit`: everything that the local unit can do.
 *
 * @packageDocumentation
 */
export { openUnit } from './open.js';
export { Unit, type StorageState } from './handle.js';
export { Modules, type RegisterModuleOptions } from './handle/modules.js';
export { StateView, type InspectOptions, type ReadOptions } from './handle/state.js';
export { UnitError } from './error.js';
export { ProcessFailure } from './conversation/failure.js';
export { Reply } from './conversation/reply.js';
export type { ArchiveOptions, Archived } from './archive.js';
export type { Calls, Data, DryRunOptions, MessageOptions, ResultOptions, SpawnOptions } from './calls.js';
export type { MessageFields, Tags, TagValue } from './conversation/fields.js';
export type { EventMap, EventType, UnitEvent } from './events.js';
export type { Connection } from './aoconnect/connection.js';
export type { AssignOptions } from './handle/calling.js';
export type { DeployOptions, SendOptions } from './handle/conversing.js';
export type { ForkOptions, ImportProcessOptions } from './handle/keeping.js';
export type { FindOptions, LogOptions, OutboundOptions, ResultsOptions } from './handle/reading.js';
export type { WatchOptions } from './handle/watching.js';
export type { OpenOptions, PackageFiles } from './target.js';
export type { ChainSettings, CheckpointSettings, UnitSettings } from './settings.js';
export type {
  Checkpointed,
  ClockReading,
  CronSummary,
  Found,
  LogEdge,
  LogItem,
  LogPage,
  ModuleSummary,
  OutboundEntry,
  OutboundPage,
  Outcome,
  OutboxAssignment,
  OutboxMessage,
  OutboxSpawn,
  OutboxTag,
  Output,
  PausedCause,
  ProcessSummary,
  Receipt,
  Replayed,
  ResultsPage,
  Tag,
} from './types.js';
export type { WaitOptions } from './waiting.js';
