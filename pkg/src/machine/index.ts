/**
 * `ao-unit/machine`: the Lua machine alone, in a browser and in Node.
 *
 * It evaluates messages for one process, and keeps nothing: order, signatures, delivery and storage are the unit's.
 *
 * @packageDocumentation
 */
export { createMachine, Machine } from './machine.js';
export { UnitError } from '../error.js';
export type { MachineOptions } from './machine.js';
export type { MachineImage } from './image.js';
export type { Limits } from './limits.js';
export type { Environment, EnvironmentItem, Evaluated, MachineMessage } from './messages.js';
export type { WasmSource } from './source.js';
export type { OutboxAssignment, OutboxMessage, OutboxSpawn, Output, Tag } from '../types.js';
