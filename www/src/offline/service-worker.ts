/// <reference lib="webworker" />
import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope;
/** Every file of the build; `vite.config.js` puts them in. */
declare const PRECACHED: PrecacheEntry[];

// After the first load, the playground needs no network: all of its files are kept, each by its hash.
precacheAndRoute(PRECACHED, { directoryIndex: 'index.html', ignoreURLParametersMatching: [/.*/] });
cleanupOutdatedCaches();

// A new version takes over all tabs when one of them says so. What the older pages have yet to load is gone from the
// cache then: each of them reloads (`registration.ts`).
self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
