import { UnitError } from '../error.js';
import { excluded, signedItem } from './item.js';
import { locate, requireProcess, summaryOf } from './lookup.js';
import { json, jsonText, refused, text } from './response.js';
import { count, optional, required, Routes } from './routes.js';
import { tagOf } from './transaction.js';
import type { CallTarget } from '../calls.js';
import type { ClockReading, LogEdge, Receipt } from '../types.js';
import type { WireListing, WireLogPage } from '../protocol.js';

/** The routes of a scheduler. */
export function scheduler(unit: CallTarget): Routes {
  const clock = async () => JSON.parse(await unit.ask('clock')) as ClockReading;

  /** Where a receipt stands, as schedulers answer it. */
  const assigned = async (receipt: string): Promise<Response> => {
    const { id, process } = JSON.parse(receipt) as Receipt;
    return json({ timestamp: (await locate(unit, id, process)).timestamp, id });
  };

  return new Routes('scheduler', {
    'GET /': async ({ query }) => {
      const process = optional(query, 'process-id');
      if (process !== undefined) await requireProcess(unit, process);
      return json({ timestamp: String((await clock()).timestamp), address: unit.address });
    },

    'POST /': async (request) => {
      const { query } = request;
      const isAssignment = query.has('process-id') || query.has('assign');
      if (!isAssignment) return assigned(await unit.ask('accept', await signedItem(request)));
      const [process, message] = [required(query, 'process-id'), required(query, 'assign')];
      return assigned(await unit.ask('assign', process, message, excluded(query)));
    },

    'GET /timestamp': async () => {
      const { timestamp, height } = await clock();
      return json({ timestamp: String(timestamp), block_height: padded(height) });
    },

    'GET /health': async () => text('OK'),
    // Otherwise it would read as the id of a message.
    'GET /metrics': async () => refused('the scheduler counts nothing', 404),

    'GET /processes/:process': async (_, { process = '' }) => json(await processOf(unit, process)),

    'GET /:process/latest': async (_, { process = '' }) => json(await latestOf(unit, process)),

    'GET /:id': async ({ query }, { id = '' }) => {
      // Some clients leave out whose log it is when they ask for the whole of it.
      const isProcess = async () => (await summaryOf(unit, id)) !== undefined;
      const process = optional(query, 'process-id') ?? ((await isProcess()) ? id : required(query, 'process-id'));
      if (process !== id) return json(nodeOf(await locate(unit, id, process)));
      const byNonce = query.has('from-nonce') || query.has('to-nonce');
      const suffix = byNonce ? '-nonce' : '';
      const range = { from: optional(query, `from${suffix}`), to: optional(query, `to${suffix}`) };
      const limit = count(query, 'limit');
      return jsonText(await listed(unit, id, { ...range, limit }, byNonce ? 'nonce' : 'time'));
    },
  });
}

/** A part of a log, as JSON that is the scheduler's already. */
function listed(unit: CallTarget, process: string, listing: WireListing, by: 'nonce' | 'time'): Promise<string> {
  return unit.ask('log', process, JSON.stringify({ ...listing, by }));
}

/** The last message of a log. */
async function latestOf(unit: CallTarget, process: string): Promise<LogEdge['node'] | undefined> {
  const { nextNonce } = await requireProcess(unit, process);
  const page = JSON.parse(await listed(unit, process, { from: String(nextNonce - 2) }, 'nonce')) as WireLogPage;
  return page.edges.at(-1)?.node;
}

/** A process as it was spawned, with the place of its first assignment. */
async function processOf(unit: CallTarget, process: string): Promise<object> {
  const { found, timestamp } = await locate(unit, process, process);
  const { message, assignment } = found;
  if (!message) throw new UnitError('PROCESS_NOT_FOUND', `process ${process} has no first message`);
  const { owner, tags, data, anchor, signature, target } = message;
  const block = tagOf(assignment, 'Block-Height');
  return { process_id: process, block, owner, tags, timestamp, data, anchor, signature, target };
}

function nodeOf({ found: { message, assignment } }: Awaited<ReturnType<typeof locate>>): object {
  return { message, assignment };
}

/** Twelve digits, as in the tags of assignments. */
function padded(height: number): string {
  return String(height).padStart(12, '0');
}
