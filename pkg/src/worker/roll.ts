import { leaderLock, partLock, type Part } from './names.js';

/** Who takes part in a storage, each by its key. */
export interface Roll {
  leader: string | undefined;
  followers: string[];
}

/**
 * Reads it off the Web Locks, which tell who holds them: a leader is whoever holds the storage's lock and one that
 * names its key. What anybody says of itself counts for nothing.
 */
export async function readRoll(storage: string): Promise<Roll> {
  const { held = [] } = await navigator.locks.query();
  const owner = held.find(({ name }) => name === leaderLock(storage))?.clientId;
  const keysOf = (part: Part, locks: LockInfo[]) => {
    const prefix = partLock(storage, part, '');
    const keys = locks.map(({ name = '' }) => (name.startsWith(prefix) ? name.slice(prefix.length) : ''));
    return keys.filter((key) => KEY.test(key));
  };
  const [leader] = keysOf('leads', owner === undefined ? [] : held.filter(({ clientId }) => clientId === owner));
  return { leader, followers: keysOf('follows', held) };
}

/** Holds a Web Lock until `signal` is aborted or the thread ends; resolves as soon as it is held. */
export async function holdLock(name: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const held = () => {
      resolve();
      return new Promise<void>((release) => {
        if (signal.aborted) release();
        signal.addEventListener('abort', () => release(), { once: true });
      });
    };
    navigator.locks.request(name, held).catch(reject);
  });
}

/** Has `look` run when it is called: once at a time, and once more if it was called meanwhile, however often. */
export function onCall(look: () => Promise<void>): () => void {
  let isLooking = false;
  let isStale = false;
  return () => {
    isStale = true;
    if (!isLooking) void lookAll();
  };

  async function lookAll(): Promise<void> {
    isLooking = true;
    while (isStale) {
      isStale = false;
      // What could not be seen now is seen at the next call.
      await look().catch(() => {});
    }
    isLooking = false;
  }
}

/** 65 bytes. */
const KEY = /^[\w-]{87}$/;
