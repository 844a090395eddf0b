/**
 * `ao-unit/fetch`: a `fetch` behind which the local unit is a whole network: gateway, messenger, scheduler and compute
 * unit, with their routes.
 *
 * @packageDocumentation
 */
import { targetOf } from './handle/base.js';
import { LOCALNET, type Addresses } from './network/addresses.js';
import { Network } from './network/network.js';
import { answerOrPass, checkPassThrough, type PassThrough } from './network/passing.js';
import type { Unit } from './handle.js';

export { LEGACYNET, LOCALNET, type Address, type Addresses } from './network/addresses.js';
export type { PassThrough } from './network/passing.js';
export { UnitError } from './error.js';

/** What {@link createFetch} takes beside the unit. */
export interface FetchOptions extends Partial<Addresses> {
  /** What goes anywhere else goes through this. The global `fetch`, as it is at the time, if left out. */
  fetch?: typeof fetch | undefined;
  /**
   * `'reads'`: what the unit does not have (an unknown process, a file on Arweave, a query that finds nothing here) is
   * asked of the real network at that address; if that does not answer, the unit's refusal stands. `true`: what writes
   * goes there, too, such as a signed message to a process that is not here. `false` if left out: nothing that is asked
   * at these addresses leaves the page.
   */
  passThrough?: PassThrough | undefined;
}

/**
 * Makes a `fetch` that answers the routes of the network from a local unit, at the addresses that local networks have
 * (`LOCALNET`), or at others. Everything else it passes on.
 *
 * @param unit - what `openUnit` answers, or a function that opens it at the first request.
 * @throws {@link UnitError} `ARGUMENT_INVALID` for an address that is none, and for another `passThrough`.
 *
 * @example
 * ```ts
 * import { connect } from '@permaweb/aoconnect';
 *
 * const { MU_URL, CU_URL, GATEWAY_URL } = LOCALNET;
 * const ao = connect({ fetch: createFetch(await openUnit()), MU_URL, CU_URL, GATEWAY_URL });
 * ```
 *
 * @example In place of the network itself, at its own addresses:
 * ```ts
 * globalThis.fetch = createFetch(openUnit(), { ...LEGACYNET, fetch: globalThis.fetch });
 * ```
 */
export function createFetch(
  unit: Unit | Promise<Unit> | (() => Unit | Promise<Unit>),
  { fetch, passThrough = false, ...addresses }: FetchOptions = {},
): typeof globalThis.fetch {
  checkPassThrough(passThrough);
  const open = async () => targetOf(await (typeof unit === 'function' ? unit() : unit));
  const network = new Network(open, { ...LOCALNET, ...given(addresses) });
  // A promise that was given is used later, or never: that it failed is told by the first request.
  if (unit instanceof Promise) unit.catch(() => {});

  const elsewhere: typeof globalThis.fetch = (...request) => (fetch ?? globalThis.fetch)(...request);
  return async (input, init) => {
    const url = addressOf(input);
    const destination = url && network.find(url);
    if (!destination) return elsewhere(input, init);
    return answerOrPass(network, destination, new Request(input, init), { fetch: elsewhere, passThrough });
  };
}

/** The options that say something. */
function given(addresses: Partial<Addresses>): Partial<Addresses> {
  return Object.fromEntries(Object.entries(addresses).filter(([, address]) => address !== undefined));
}

/** Where a request goes; `undefined` if that is for `fetch` to say. */
function addressOf(input: RequestInfo | URL): URL | undefined {
  const address = input instanceof Request ? input.url : String(input);
  const base = (globalThis as { location?: { href: string } }).location?.href;
  try {
    return new URL(address, base);
  } catch {
    return undefined;
  }
}
