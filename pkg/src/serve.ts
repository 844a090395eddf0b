import { errorToWire, transferables } from './protocol.js';
import type { Answer, Api, Method, Port, Reply, Request } from './protocol.js';

/**
 * Answers the requests that arrive at `port` from `api`. Every request gets exactly one reply, in whatever order
 * they finish.
 */
export function serve(port: Port, api: Partial<Api>): void {
  port.addEventListener('message', async (event: MessageEvent<Request>) => {
    post(port, await answered(api, event.data));
  });
}

/**
 * What `api` says to a request.
 *
 * A trap of the wasm that holds the unit leaves nothing to trust: it is a crash of the whole worker.
 */
export async function answered(api: Partial<Api>, { id, method, args }: Request): Promise<Reply> {
  try {
    // The union of requests pairs each method with its arguments; TypeScript cannot follow it through the call.
    const call = api[method] as (this: Partial<Api>, ...args: unknown[]) => Promise<Answer<Method>>;
    return { id, value: await call.apply(api, args) };
  } catch (error) {
    const isCrash = error instanceof WebAssembly.RuntimeError;
    return isCrash ? { crashed: errorToWire(error) } : { id, error: errorToWire(error) };
  }
}

/** Posts a reply; large bytes in it change hands. */
export function post(port: Port, reply: Reply): void {
  port.postMessage(reply, 'value' in reply ? transferables(reply.value) : []);
}
