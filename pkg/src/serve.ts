import { errorToWire, transferables } from './protocol.js';
import type { Answer, Method, Port, Reply, Request, UnitApi } from './protocol.js';

/**
 * Answers the requests that arrive at `port` from `api`. Every request gets exactly one reply, in whatever order
 * they finish.
 *
 * A trap of the wasm that holds the unit leaves nothing to trust: it is reported as a crash of the whole worker.
 */
export function serve(port: Port, api: UnitApi): void {
  const reply = (message: Reply, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  port.addEventListener('message', async (event: MessageEvent<Request>) => {
    const { id } = event.data;
    try {
      const value = await answer(api, event.data);
      reply({ id, value }, transferables(value));
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) reportCrash(port, error);
      else reply({ id, error: errorToWire(error) });
    }
  });
}

/** Tells the page that this worker will not answer any more. */
export function reportCrash(port: Port, thrown: unknown): void {
  port.postMessage({ crashed: errorToWire(thrown) } satisfies Reply, []);
}

function answer(api: UnitApi, { method, args }: Request): Promise<Answer<Method>> {
  // The union of requests pairs each method with its arguments; TypeScript cannot follow it through the call.
  const call = api[method] as (this: UnitApi, ...args: unknown[]) => Promise<Answer<Method>>;
  return call.apply(api, args);
}
