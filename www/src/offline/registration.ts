import { signal } from '@preact/signals';

/** Whether the playground can be opened without a network, and whether a newer one waits. */
export type Offline = 'no' | 'getting ready' | 'ready' | 'newer';

export const offline = signal<Offline>('no');

let waiting: ServiceWorker | undefined;

/** Keeps the playground for when there is no network. A browser that refuses has the page as it is. */
export async function keepOffline(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    const controlled = navigator.serviceWorker.controller !== null;
    const registration = await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
    offline.value = controlled ? 'ready' : 'getting ready';
    if (registration.waiting) newer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const installing = registration.installing;
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed' && controlled) newer(installing);
      });
    });
    await navigator.serviceWorker.ready;
    if (offline.value === 'getting ready') offline.value = 'ready';
  } catch {
    offline.value = 'no';
  }
}

/** Opens the newer version that waits. */
export function takeNewer(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting?.postMessage('take over');
}

function newer(worker: ServiceWorker): void {
  waiting = worker;
  offline.value = 'newer';
}
