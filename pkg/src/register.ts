/**
 * `ao-unit/register`: registers the service worker that is a page's network.
 *
 * @packageDocumentation
 */
import { UnitError } from './error.js';
import { CLAIM } from './service-worker/scope.js';
import { waiting, type WaitOptions } from './waiting.js';

export { UnitError } from './error.js';
export type { WaitOptions } from './waiting.js';

/** What {@link registerNetwork} takes beside the address of the worker's script. */
export interface RegisterOptions extends WaitOptions {
  /** `'classic'` for a script that uses `importScripts`. `'module'` if left out. */
  type?: 'module' | 'classic' | undefined;
  /** Which pages it is for. Those below the script's own folder, if left out. */
  scope?: string | undefined;
}

/**
 * Registers a service worker that calls `serveNetwork`, and waits until it controls this page: from then on, what the
 * page asks of the network is answered by the unit in the worker.
 *
 * @param url - the address of the worker's script.
 * @throws {@link UnitError} `UNSUPPORTED` where there are no service workers; `SERVICE_WORKER_FAILED` when its script
 *   cannot be loaded or fails, or the page is outside of its scope; `TIMEOUT`, `ABORTED`, and it may be registered.
 *
 * @example
 * ```ts
 * import { registerNetwork } from 'ao-unit/register';
 *
 * await registerNetwork('/service-worker.js');
 * await import('./app.js'); // which knows nothing of it
 * ```
 */
export async function registerNetwork(
  url: string | URL,
  { timeout, signal, ...options }: RegisterOptions = {},
): Promise<ServiceWorkerRegistration> {
  return waiting({ timeout, signal }, () => register(url, options));
}

async function register(
  url: string | URL,
  { type = 'module', scope }: Omit<RegisterOptions, keyof WaitOptions>,
): Promise<ServiceWorkerRegistration> {
  // The types say that it is always there; a page on plain http has none.
  const { navigator } = globalThis as { navigator?: { serviceWorker?: ServiceWorkerContainer } };
  const container = navigator?.serviceWorker;
  if (!container) {
    const remedy = 'serve the page over https or from localhost';
    throw new UnitError('UNSUPPORTED', `there are no service workers here: ${remedy}`);
  }
  const registration = await container
    .register(url, { type, ...(scope !== undefined && { scope }) })
    .catch((cause: unknown) => {
      throw failed(url, cause instanceof Error ? cause.message : String(cause), cause);
    });
  if (!location.href.startsWith(registration.scope)) {
    throw failed(url, `it is for pages below ${registration.scope}, and this one is ${location.href}`);
  }
  const worker = await activated(url, registration);
  await controlled(container, worker);
  return registration;
}

/** The worker once it is active: the newest, which takes the place of an earlier one. */
async function activated(url: string | URL, registration: ServiceWorkerRegistration): Promise<ServiceWorker> {
  const { installing, waiting, active } = registration;
  const worker = installing ?? waiting ?? active;
  if (!worker) throw failed(url, 'there is no worker');
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (worker.state === 'activated') resolve();
      else if (worker.state === 'redundant') reject(failed(url, 'it fails, or its files could not be loaded'));
    };
    worker.addEventListener('statechange', look);
    look();
  });
  return worker;
}

/** A worker takes the pages that are there when it becomes active; later ones ask. */
async function controlled(container: ServiceWorkerContainer, worker: ServiceWorker): Promise<void> {
  if (container.controller === worker) return;
  await new Promise<void>((resolve) => {
    const look = () => {
      if (container.controller !== worker) return;
      container.removeEventListener('controllerchange', look);
      resolve();
    };
    container.addEventListener('controllerchange', look);
    worker.postMessage(CLAIM);
    look();
  });
}

function failed(url: string | URL, reason: string, cause?: unknown): UnitError {
  const message = `the service worker ${String(url)} cannot be used: ${reason}`;
  return new UnitError('SERVICE_WORKER_FAILED', message, { cause });
}
