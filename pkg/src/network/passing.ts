import type { Destination } from './addresses.js';
import type { Network } from './network.js';

/** What a network does with a request, and with one that it does not have an answer to. */
export interface Passing {
  /** What goes elsewhere goes through this. */
  fetch: typeof fetch;
  /** Whether what the unit does not have is asked of the network itself. */
  passThrough: boolean;
}

/** Answers a request to one of the units, unless its signal gives it up before. */
export async function answerOrPass(
  network: Network,
  destination: Destination,
  request: Request,
  { fetch, passThrough }: Passing,
): Promise<Response> {
  // A body is read once.
  const again = passThrough ? request.clone() : undefined;
  const response = await abortable(network.answer(destination, request), request.signal);
  if (!again || !(await isMissing(destination, response))) return response;
  try {
    return await fetch(again);
  } catch {
    request.signal.throwIfAborted();
    // There is no network: what the unit says stands.
    return response;
  }
}

/** Whether the unit does not have what was asked for: a query that finds nothing is answered all the same. */
async function isMissing({ service, path }: Destination, response: Response): Promise<boolean> {
  if (service !== 'GATEWAY_URL' || path[0] !== 'graphql' || !response.ok) return response.status === 404;
  const { data } = (await response.clone().json()) as { data: Record<string, unknown> };
  return Object.values(data).every((value) => value === null || isEmpty(value));
}

function isEmpty(connection: unknown): boolean {
  const { edges } = connection as { edges?: unknown[] };
  return edges?.length === 0;
}

/** As a real request: who gives it up is told at once, whatever comes of it. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
