/**
 * `ao-unit/service-worker`: the network's routes for whole pages. In a service worker it answers what unmodified
 * clients ask of the network; `ao-unit/register` is for the page.
 *
 * In a classic service worker, `importScripts` of `service-worker.classic.js` makes the same names those of `aoUnit`.
 *
 * @packageDocumentation
 */
export { serveNetwork, type ServeOptions } from './service-worker/serve.js';
export { LEGACYNET, LOCALNET, type Address, type Addresses } from './network/addresses.js';
export type { PassThrough } from './network/passing.js';
export { UnitError } from './error.js';
export type { ChainSettings, CheckpointSettings, UnitSettings } from './settings.js';
