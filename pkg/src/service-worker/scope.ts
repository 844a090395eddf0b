/** What is used of a service worker's scope: TypeScript's own types of it do not go together with a page's. */
export interface ServiceWorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: ExtendableEvent & MessageEvent<unknown>) => void): void;
}

export interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

/** The scope that this runs in, if it is that of a service worker. */
export function serviceWorkerScope(): ServiceWorkerScope | undefined {
  return 'skipWaiting' in globalThis ? (globalThis as unknown as ServiceWorkerScope) : undefined;
}

/** What a page says to a worker that is active and does not control it, as after a reload that bypassed the worker. */
export const CLAIM = 'ao-unit: claim';
