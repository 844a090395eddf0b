import { UnitError } from '../error.js';
import { json, jsonText, refused } from './response.js';
import { count, optional, required, Routes, type NetworkRequest } from './routes.js';
import { locate } from './lookup.js';
import type { CallTarget } from '../calls.js';
import type { WireListing } from '../protocol.js';
import type { ResultsPage } from '../types.js';

/** So many ticks are in a page unless another number is asked for, and so many at most. */
const TICKS = { usual: 500, most: 1_000 };
/** So many outcomes are read at once to find the ticks among them. */
const OUTCOMES_AT_ONCE = 1_000;

/** The routes of a compute unit. */
export function computeUnit(unit: CallTarget): Routes {
  return new Routes('compute unit', {
    'GET /': async () => json({ address: unit.address, timestamp: Date.now() }),

    'GET /result/:message': async ({ query }, { message = '' }) =>
      jsonText(await unit.ask('result', required(query, 'process-id'), message)),

    'GET /results/:process': async ({ query }, { process = '' }) => {
      const listing: WireListing = { ...rangeOf(query), limit: count(query, 'limit'), sort: sortOf(query) };
      return jsonText(await unit.ask('results', process, JSON.stringify(listing)));
    },

    'GET /cron/:process': async ({ query }, { process = '' }) => {
      const limit = Math.min(count(query, 'limit') ?? TICKS.usual, TICKS.most);
      return json(await ticksOf(unit, process, rangeOf(query), limit));
    },

    'POST /dry-run': async (request) => {
      const { query } = request;
      const process = required(query, 'process-id');
      const message = await messageIn(request);
      const until = optional(query, 'to');
      const at = until === undefined ? undefined : (await locate(unit, until, process)).nonce;
      return jsonText(await unit.ask('dryrun', process, message, at));
    },

    'GET /state/:process': async () => {
      const instead = 'unit.exportProcess() gives log and state in one file';
      return refused(`the state of a process here is no memory of one of the network's modules: ${instead}`, 501);
    },
  });
}

/** The outcomes of the ticks of a process's cron, the oldest first. */
async function ticksOf(unit: CallTarget, process: string, range: WireListing, limit: number): Promise<ResultsPage> {
  const edges: ResultsPage['edges'] = [];
  let { from } = range;
  for (let more = true; more && edges.length <= limit; ) {
    const listing: WireListing = { ...range, from, limit: OUTCOMES_AT_ONCE, sort: 'ASC' };
    const page = JSON.parse(await unit.ask('results', process, JSON.stringify(listing))) as ResultsPage;
    edges.push(...page.edges.filter(({ cursor }) => isTick(cursor)));
    from = page.edges.at(-1)?.cursor ?? from;
    more = page.pageInfo.hasNextPage;
  }
  return { pageInfo: { hasNextPage: edges.length > limit }, edges: edges.slice(0, limit) };
}

/** A cursor of an outcome names its tick, if it is one's. */
function isTick(cursor: string): boolean {
  return (JSON.parse(atob(cursor)) as { cron: string | null }).cron !== null;
}

function rangeOf(query: URLSearchParams): WireListing {
  return { from: optional(query, 'from'), to: optional(query, 'to') };
}

function sortOf(query: URLSearchParams): 'ASC' | 'DESC' | undefined {
  const sort = optional(query, 'sort');
  if (sort === undefined || sort === 'ASC' || sort === 'DESC') return sort;
  throw new UnitError('ARGUMENT_INVALID', `sort is ASC or DESC, not ${JSON.stringify(sort)}`);
}

/** The message of a dry-run: the unit reads it, and says what is wrong with it. */
async function messageIn(request: NetworkRequest): Promise<string> {
  const body = new TextDecoder().decode(await request.bytes());
  try {
    const message: unknown = JSON.parse(body);
    if (typeof message === 'object' && message !== null && !Array.isArray(message)) return body;
  } catch {
    // It is no JSON.
  }
  const form = '{"Owner":…,"Tags":[…],"Data":…}';
  throw new UnitError('ARGUMENT_INVALID', `the body of a dry-run is a message as JSON: ${form}`);
}
