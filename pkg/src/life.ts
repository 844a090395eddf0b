import { randomAnchor } from './sign.js';
import type { Port, Reply } from './protocol.js';

/**
 * Holds a Web Lock for as long as this thread is there, and tells whoever is at `port` which: a worker that is ended
 * from elsewhere, or for want of memory, has no last word, but its locks go. Where there are no locks, nothing is told.
 */
export async function tellLife(port: Port): Promise<void> {
  const name = `ao-unit alive ${randomAnchor()}`;
  await locks()?.request(name, () => {
    port.postMessage({ lives: name } satisfies Reply, []);
    return new Promise<never>(() => {});
  });
}

/** Calls back when whoever told of its life over `port` is there no more. Returns what ends that. */
export function onEndOfLife(port: Port, listener: () => void): () => void {
  const watch = new AbortController();
  port.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    if ('lives' in data) awaitEnd(data.lives, watch.signal).then(listener, () => {}); // This thread may go first.
  });
  return () => watch.abort();
}

/** Resolves when nobody has a lock any more; never, if it cannot be seen from here. */
async function awaitEnd(name: string, signal: AbortSignal): Promise<void> {
  const manager = locks();
  const { held = [] } = (await manager?.query()) ?? {};
  // A page whose storage was cleared sees other locks than a worker that it starts after that.
  if (!held.some((lock) => lock.name === name)) return new Promise(() => {});
  await manager?.request(name, { signal }, () => {});
}

/** Its type says that they are always there; a page on plain http has none. */
function locks(): LockManager | undefined {
  return (globalThis.navigator as Navigator | undefined)?.locks as LockManager | undefined;
}
