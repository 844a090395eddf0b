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

  /** Puts everything there, once it has everything: what cannot be had is an error. */
  async fill(): Promise<void> {
    const files = await Promise.all([...this.#urls].map(async (url) => [url, await fetched(url)] as const));
    await Promise.all(files.map(([url, file]) => this.#keep(url, file)));
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
    let response: Response;
    try {
      response = await fetch(request);
    } catch (error) {
      const kept = await this.#find(keyOf(request));
      if (kept) return kept;
      throw error;
    }
    // A part of a file is not the file. What cannot be kept, as on a full disk, is answered all the same.
    if (response.status === WHOLE) await this.#keep(keyOf(request), response.clone()).catch(() => {});
    return response;
  }

  /** The file as it was kept with the worker's scripts, which it goes with; if it was not kept, as it is now. */
  async kept(address: URL): Promise<Response> {
    return (await this.#find(plain(address))) ?? fetch(address);
  }

  async #find(url: string): Promise<Response | undefined> {
    return (await caches.open(this.#name)).match(url);
  }

  /**
   * Keeps the file alone, under its address. That it came by a redirect is left out: browsers load no page from such
   * an answer. So is `Vary`: files are asked for by their addresses only.
   */
  async #keep(url: string, { body, status, statusText, headers }: Response): Promise<void> {
    const said = new Headers(headers);
    said.delete('vary');
    const cache = await caches.open(this.#name);
    await cache.put(url, new Response(body, { status, statusText, headers: said }));
  }
}

/** The status of an answer that is the whole of a file. */
const WHOLE = 200;

/** A file as the server has it: what the browser has kept of an earlier version is asked after. */
async function fetched(url: string): Promise<Response> {
  const response = await fetch(new Request(url, { cache: 'no-cache' }));
  if (response.status === WHOLE) return response;
  throw new TypeError(`${url} cannot be kept: the server answers with status ${response.status}`);
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
