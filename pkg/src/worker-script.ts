/**
 * Starts the script of the unit's worker.
 *
 * The scripts that ship lie in one folder, whichever module of the source is in them, and the address is relative to
 * it: this file stays at the top. Bundlers look for the expression, literally as it stands; in a file of its own, who
 * needs no worker gets none.
 */
export function startWorkerScript(): Worker {
  return new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
}
