import { UnitError } from '../error.js';
import { targetOf } from '../handle/base.js';
import { hostHere } from '../here.js';
import { machineWasm } from '../machine-wasm.js';
import { loadWasmBy } from '../machine/source.js';
import { LEGACYNET, LOCALNET, type Addresses } from '../network/addresses.js';
import { Network } from '../network/network.js';
import { answerOrPass, checkPassThrough, type PassThrough } from '../network/passing.js';
import { openUnitIn } from '../open.js';
import type { OpenOptions } from '../target.js';
import { secp256k1Wasm } from '../secp256k1-wasm.js';
import { unitWasm } from '../unit-wasm.js';
import { CLAIM, serviceWorkerScope } from './scope.js';
import { Shelf } from './shelf.js';

/** What {@link serveNetwork} takes: how the unit is opened, and what it answers. */
export interface ServeOptions extends Omit<OpenOptions, 'worker'>, Partial<Addresses> {
  /**
   * Addresses of the page's own files, relative to the worker's script: the page itself (`./`), its scripts, its
   * styles. They come from the network where there is one, and otherwise as they were the last time. None, if left out: the
   * page's files are then the page's matter.
   */
  files?: readonly (URL | string)[] | undefined;
  /**
   * `'reads'`: what the unit does not have (an unknown process, a file on Arweave, a query that finds nothing here) is
   * asked of the real network; if that does not answer, the unit's refusal stands. `true`: what writes goes there, too,
   * such as a signed message to a process that is not here. `false`: nothing does. `'reads'` if left out: a page has
   * more on Arweave than its processes, and what its user signs for one of them is not for the real network.
   */
  passThrough?: PassThrough | undefined;
}

/**
 * In a service worker: answers the network's routes for all pages that the worker controls, from a unit in the worker.
 * They are answered at the addresses of the network ({@link LEGACYNET}) and of local networks ({@link LOCALNET}),
 * unless others are named; what is at the page's own origin is the page's, unless it is named. To be called at once
 * when the script runs, as every listener of a service worker.
 *
 * A browser stops a service worker that has nothing to do, and starts it when a page asks for something. What the unit
 * acknowledged is in its storage; crons tick while the worker runs, and make up for the rest.
 *
 * @throws {@link UnitError} `UNSUPPORTED` outside of service workers; `ARGUMENT_INVALID` for an address that is none,
 *   and for another `passThrough`.
 *
 * @example
 * ```ts
 * import { serveNetwork } from 'ao-unit/service-worker';
 *
 * serveNetwork({ storage: 'idb://shop', files: ['./', './app.js'] });
 * ```
 */
export function serveNetwork(options: ServeOptions = {}): void {
  const scope = serviceWorkerScope();
  if (!scope) {
    const remedy = 'pages register one by registerNetwork()';
    throw new UnitError('UNSUPPORTED', `serveNetwork() is for service workers: ${remedy}`);
  }
  const { files = [], passThrough = 'reads', GATEWAY_URL, MU_URL, SU_URL, CU_URL, ...unit } = options;
  checkPassThrough(passThrough);
  const wasm = addressOf(options.wasm ?? unitWasm());
  const machine = addressOf(options.machine ?? machineWasm());
  const secp256k1 = addressOf(options.secp256k1 ?? secp256k1Wasm());
  const pages = new Shelf(scope.registration.scope, files.map(addressOf));
  const shelf = new Shelf(scope.registration.scope, [wasm, machine, secp256k1, ...files.map(addressOf)]);
  const network = new Network(open, {
    GATEWAY_URL: GATEWAY_URL ?? elsewhere(...LEGACYNET.GATEWAY_URL, LOCALNET.GATEWAY_URL),
    MU_URL: MU_URL ?? elsewhere(LEGACYNET.MU_URL, LOCALNET.MU_URL),
    SU_URL: SU_URL ?? elsewhere(LEGACYNET.SU_URL, LOCALNET.SU_URL),
    CU_URL: CU_URL ?? elsewhere(LEGACYNET.CU_URL, LOCALNET.CU_URL),
  });

  loadWasmBy((address) => shelf.kept(new URL(address)));
  async function open() {
    return targetOf(await openUnitIn(hostHere, { ...unit, wasm, machine, secp256k1 }));
  }

  scope.addEventListener('install', (event) => {
    event.waitUntil(Promise.all([shelf.fill(), scope.skipWaiting()]));
  });
  scope.addEventListener('activate', (event) => {
    event.waitUntil(Promise.all([shelf.tidy(), scope.clients.claim()]));
  });
  scope.addEventListener('message', (event) => {
    if (event.data === CLAIM) event.waitUntil(scope.clients.claim());
  });
  scope.addEventListener('fetch', (event) => {
    const { request } = event;
    const destination = network.find(new URL(request.url));
    const passing = { fetch: globalThis.fetch.bind(globalThis), passThrough };
    if (destination) event.respondWith(answerOrPass(network, destination, request, passing));
    else if (pages.has(request)) event.respondWith(pages.newest(request));
  });
}

/** Of the usual addresses, those that are not the page's own: there, it is the page that answers. */
function elsewhere(...addresses: string[]): string[] {
  return addresses.filter((address) => new URL(address).origin !== location.origin);
}

/** Addresses are relative to the worker's script. */
function addressOf(address: URL | string): URL {
  try {
    return new URL(address, location.href);
  } catch (cause) {
    throw new UnitError('ARGUMENT_INVALID', `${JSON.stringify(address)} is no address of a file`, { cause });
  }
}
