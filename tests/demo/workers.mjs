// The workers of a page, at hand to be ended: what drives the browser does not know of each at once.

/** In a page, before all else: keeps its workers as `workers`. */
export function recordWorkers() {
  globalThis.workers = [];
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      workers.push(this);
    }
  };
}

/** Ends the workers of a page whose workers are recorded; they have no last word. */
export const endWorkers = (tab) => tab.evaluate(() => workers.forEach((worker) => worker.terminate()));
