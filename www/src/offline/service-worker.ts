/// <reference lib="webworker" />
import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';

declare const self: ServiceWorkerGlobalScope;
/** Every file of the build; `vite.config.js` puts them in. */
declare const PRECACHED: PrecacheEntry[];

// After the first load, the playground needs no network: all of its files are kept, each by its hash.
precacheAndRoute(PRECACHED, { directoryIndex: 'index.html', ignoreURLParametersMatching: [/.*/] });
cleanupOutdatedCaches();

// A new version takes over when the page says so: two versions never share one page.
self.addEventListener('message', ({ data }) => {
  if (data === 'take over') void self.skipWaiting();
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
