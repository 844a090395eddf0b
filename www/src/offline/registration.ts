import { signal } from '@preact/signals';

/** Whether the playground can be opened without a network, and whether a newer one waits. */
export type Offline = 'no' | 'getting ready' | 'failed' | 'ready' | 'newer';

export const offline = signal<Offline>('no');

let waiting: ServiceWorker | undefined;

/** Keeps the playground for when there is no network. A browser that refuses has the page as it is. */
export async function keepOffline(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  reloadWithNewer();
  try {
    const registration = await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
    offline.value = registration.active ? 'ready' : 'getting ready';
    if (registration.waiting && registration.active) newer(registration.waiting);
    if (registration.installing) follow(registration, registration.installing);
    registration.addEventListener('updatefound', () => {
      if (registration.installing) follow(registration, registration.installing);
    });
    await navigator.serviceWorker.ready;
    if (offline.value === 'getting ready') offline.value = 'ready';
  } catch {
    offline.value = 'no';
  }
}

/** Opens the newer version that waits, in every tab. */
export function takeNewer(): void {
  waiting?.postMessage('take over');
}

/**
 * When a newer version takes over, whichever tab asked for it, the files of this page are no longer kept: it becomes
 * the newer one. What is edited is written before. The first worker of a page that had none changes nothing.
 */
function reloadWithNewer(): void {
  let hasWorker = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (hasWorker) location.reload();
    hasWorker = true;
  });
}

/** What becomes of a worker that is being installed. */
function follow(registration: ServiceWorkerRegistration, worker: ServiceWorker): void {
  worker.addEventListener('statechange', () => {
    if (worker.state === 'installed' && registration.active) newer(worker);
    // A file did not arrive, or there is no room for all.
    if (worker.state === 'redundant' && offline.value === 'getting ready') offline.value = 'failed';
  });
}

function newer(worker: ServiceWorker): void {
  waiting = worker;
  offline.value = 'newer';
}
