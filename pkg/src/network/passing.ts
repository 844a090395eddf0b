import { describe } from '../describe.js';
import { UnitError } from '../error.js';
import type { Destination, Service } from './addresses.js';
import type { Network } from './network.js';

/**
 * What is asked of the network itself if the unit does not have it: only what reads, that and what writes (`true`), or
 * nothing (`false`).
 */
export type PassThrough = 'reads' | boolean;

/** What a network does with a request, and with one that it does not have an answer to. */
export interface Passing {
  /** What goes elsewhere goes through this. */
  fetch: typeof fetch;
  passThrough: PassThrough;
}

/** @throws {@link UnitError} `ARGUMENT_INVALID`: what is misspelled lets nothing out. */
export function checkPassThrough(value: unknown): void {
  if (value === 'reads' || typeof value === 'boolean') return;
  throw new UnitError('ARGUMENT_INVALID', `passThrough is 'reads', true or false, not ${describe(value)}`);
}

/** Answers a request to one of the units, unless its signal gives it up before. */
export async function answerOrPass(
  network: Network,
  destination: Destination,
  request: Request,
  { fetch, passThrough }: Passing,
): Promise<Response> {
  // A body is read once.
  const mayPass = passThrough === 'reads' ? isRead(destination, request) : passThrough;
  const again = mayPass ? request.clone() : undefined;
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

/** What reads, although it is posted. */
const POSTED_READS: Partial<Record<Service, string>> = { GATEWAY_URL: 'graphql', CU_URL: 'dry-run' };

/** Whether a request changes nothing, wherever it goes. */
function isRead({ service, path }: Destination, { method }: Request): boolean {
  if (method === 'POST') return path.join('/') === POSTED_READS[service];
  return ['GET', 'HEAD', 'OPTIONS'].includes(method);
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
