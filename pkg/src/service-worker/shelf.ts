/** Files that are kept for when there is no network. */
export class Shelf {
  readonly #name: string;
  readonly #urls: ReadonlySet<string>;

  /**
   * @param scope - whose files they are: an origin may have workers for several scopes.
   * @param addresses - as they will be asked for, what comes after a `#` left out.
   */
  constructor(scope: string, addresses: readonly URL[]) {
    this.#name = `ao-unit:${scope}`;
    this.#urls = new Set(addresses.map(plain));
  }

  /** Puts everything there, or nothing: what cannot be had is an error. */
  async fill(): Promise<void> {
    const cache = await caches.open(this.#name);
    // What the browser has kept of an earlier version is asked after.
    await cache.addAll([...this.#urls].map((url) => new Request(url, { cache: 'no-cache' })));
  }

  /** Takes away what is kept no longer. */
  async tidy(): Promise<void> {
    const cache = await caches.open(this.#name);
    const gone = (await cache.keys()).filter(({ url }) => !this.#urls.has(plain(new URL(url))));
    await Promise.all(gone.map((request) => cache.delete(request)));
  }

  has(request: Request): boolean {
    return request.method === 'GET' && this.#urls.has(keyOf(request));
  }

  /** The file as it is now; as it was, where there is no network. */
  async newest(request: Request): Promise<Response> {
    const cache = await caches.open(this.#name);
    try {
      const response = await fetch(request);
      if (response.ok) await cache.put(keyOf(request), response.clone());
      return response;
    } catch (error) {
      const kept = await cache.match(keyOf(request));
      if (kept) return kept;
      throw error;
    }
  }

  /** The file as it was kept with the worker's scripts, which it goes with; if it was not kept, as it is now. */
  async kept(address: URL): Promise<Response> {
    const cache = await caches.open(this.#name);
    return (await cache.match(plain(address))) ?? fetch(address);
  }
}

/** A page is one file, whatever is asked of it. */
function keyOf({ url, mode }: Request): string {
  const address = new URL(url);
  if (mode === 'navigate') address.search = '';
  return plain(address);
}

function plain(address: URL): string {
  const { href, hash } = address;
  return hash ? href.slice(0, -hash.length) : href;
}
