import { batched } from './batching.js';
import { UnitError } from './error.js';
import { onEndOfLife } from './life.js';
import { startWorkerScript } from './worker-script.js';
import type { Port } from './protocol.js';

/** Where a page's unit lives, and the way to it. */
export interface Hosting {
  readonly port: Port;
  /** Has `listener` told when nobody answers any more, and why. */
  onDeath(listener: (reason: string, cause?: unknown) => void): void;
  /** Ends it, whatever it is doing. */
  terminate(): void;
}

const NOT_LOADED =
  'its script could not be loaded: tell the bundler where it is, as docs/bundlers.md says, or name it as the option worker';

/** A dedicated worker; where there are none, as in Node, this thread. */
export async function startHosting(worker: Worker | URL | string | undefined): Promise<Hosting> {
  if (typeof Worker !== 'undefined') return inWorker(worker);
  if (worker !== undefined) {
    throw new UnitError('UNSUPPORTED', 'there are no workers here: leave the option worker out, and the unit is in this thread');
  }
  // What a page never loads.
  const { hostHere } = await import('./here.js');
  return hostHere();
}

function inWorker(given: Worker | URL | string | undefined): Hosting {
  const worker = started(given);
  const port = batched(worker);
  let forget = () => {};
  return {
    port,
    onDeath(listener) {
      forget = onEndOfLife(port, () => listener('it was ended without a word'));
      worker.addEventListener('error', (event) => {
        // Without a message, the script itself could not be loaded.
        listener(event.message || NOT_LOADED, event.error);
      });
      worker.addEventListener('messageerror', () => listener('a message could not be read'));
    },
    terminate() {
      forget();
      worker.terminate();
    },
  };
}

function started(worker: Worker | URL | string | undefined): Worker {
  if (worker === undefined) return startWorkerScript();
  return worker instanceof Worker ? worker : new Worker(worker, { type: 'module' });
}
