// Two worlds in which the same calls are made: the real aoconnect over `ao-unit/fetch`, and ao-unit.

import * as aoUnit from 'ao-unit';
import { createFetch, LEGACYNET } from 'ao-unit/fetch';
import * as remote from 'ao-unit/remote';
import { openUnit } from 'ao-unit/unit';
import { signers } from './wallet.mjs';

// What aoconnect asks by the global `fetch` is asked by the one that there is when it is loaded.
let network = globalThis.fetch;
globalThis.fetch = (...request) => network(...request);
const aoconnect = await import('@permaweb/aoconnect');

/** All that a library has: what it exports, and what its connection has besides. */
const whole = (library, options) => ({ ...library, ...library.connect(options) });

/** The real aoconnect as it is, with the network's own addresses, to which a unit is the network. */
export async function realWorld() {
  const unit = await networkOf('memory://real');
  return { ao: whole(aoconnect, { fetch: network }), kit: signers(aoconnect, aoUnit), close: () => unit.close() };
}

/** The same network, by `ao-unit/remote`: what it exports is on the local unit, so all is of the connection. */
export async function remoteWorld() {
  const unit = await networkOf('memory://remote');
  const connect = (options) => remote.connect({ MODE: 'legacy', fetch: network, ...options });
  return { ao: { ...connect(), connect }, kit: signers(aoUnit, aoconnect), close: () => unit.close() };
}

/** A unit that is the network from now on. */
async function networkOf(storage) {
  const unit = await openUnit({ storage });
  network = createFetch(unit, { ...LEGACYNET, fetch: nowhere });
  return unit;
}

/** ao-unit, on a unit of its own. */
export async function ourWorld() {
  const storage = 'memory://ours';
  const unit = await openUnit({ storage });
  return { ao: whole(aoUnit, { storage }), kit: signers(aoUnit, aoconnect), close: () => unit.close() };
}

async function nowhere(request) {
  throw new Error(`${request.url ?? request} was asked, which is not of the unit`);
}
