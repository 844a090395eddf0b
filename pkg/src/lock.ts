import { UnitError } from './error.js';

/** A page that is reloaded finds the lock of its predecessor taken for a moment. */
const PATIENCE_MS = 5_000;

/**
 * Takes the exclusive Web Lock of a storage, so that two tabs never write one log.
 *
 * @returns what lets go of it. A worker that dies lets go of it by dying.
 * @throws {@link UnitError} `UNIT_BUSY` when another tab keeps it, `UNSUPPORTED` where there are no locks.
 */
export async function lockStorage(storage: string): Promise<() => void> {
  if (!navigator.locks) {
    const remedy = 'serve the page over https or from localhost';
    throw new UnitError('UNSUPPORTED', `${storage} needs a secure context: ${remedy}`);
  }
  return new Promise((resolve, reject) => {
    const held = () => new Promise<void>((release) => resolve(release));
    navigator.locks
      .request(`ao-unit:${storage}`, { signal: AbortSignal.timeout(PATIENCE_MS) }, held)
      .catch((error: unknown) => reject(refusal(storage, error)));
  });
}

function refusal(storage: string, error: unknown): unknown {
  const timedOut = error instanceof DOMException && ['TimeoutError', 'AbortError'].includes(error.name);
  if (!timedOut) return error;
  return new UnitError(
    'UNIT_BUSY',
    `another tab or window has ${storage} open: close it there, or open another storage here`,
    { cause: error },
  );
}
