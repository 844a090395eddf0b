import { unsignedId, type Transaction } from './transaction.js';
import type { CallTarget } from '../calls.js';
import type { ModuleSummary, Tag } from '../types.js';

/** What the unit never sent, and clients look for all the same: its modules, and where its scheduler is. */
export async function knownTransactions(unit: CallTarget, schedulerUrl: string): Promise<Transaction[]> {
  const modules = JSON.parse(await unit.ask('modules')) as ModuleSummary[];
  const location = await unsignedId(`ao-unit scheduler location ${unit.address} ${schedulerUrl}`);
  return [
    ...modules.map(({ id, name }) => transaction(id, '', moduleTags(name))),
    transaction(location, unit.address, locationTags(schedulerUrl)),
  ];
}

/** As aos's modules are tagged. The limits are the largest that a process gets here. */
function moduleTags(name: string): Tag[] {
  return tags({
    'Data-Protocol': 'ao',
    Variant: 'ao.TN.1',
    Type: 'Module',
    'Module-Format': 'wasm64-unknown-emscripten-draft_2024_02_15',
    'Input-Encoding': 'JSON-1',
    'Output-Encoding': 'JSON-1',
    'Memory-Limit': '1-gb',
    'Compute-Limit': '9000000000000',
    'Content-Type': 'application/wasm',
    Name: name,
  });
}

/** Clients keep a location for so long: it is this page that answers, for as long as it is there. */
const TIME_TO_LIVE_MS = 3_600_000;

function locationTags(url: string): Tag[] {
  return tags({
    'Data-Protocol': 'ao',
    Variant: 'ao.TN.1',
    Type: 'Scheduler-Location',
    Url: url,
    'Time-To-Live': String(TIME_TO_LIVE_MS),
  });
}

function tags(named: Record<string, string>): Tag[] {
  return Object.entries(named).map(([name, value]) => ({ name, value }));
}

function transaction(id: string, address: string, tags: Tag[]): Transaction {
  const owner = { address, key: '' };
  return { id, anchor: '', signature: '', recipient: '', owner, tags, block: undefined, size: 0, place: undefined };
}
