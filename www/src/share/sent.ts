import type { LogItem, Unit } from 'ao-unit/unit';
import type { Step } from '../examples/examples.ts';
import { whois } from '../unit/people.ts';

/** So many messages of a process go into a link at most. */
const MOST = 50;

/** What wallets sent to a process, as the steps of a script: what Run itself sent is left out. */
export async function sentTo(unit: Unit, process: string, owner: string, source: string): Promise<Step[]> {
  const { edges } = await unit.log({ process, from: 0, limit: 1000 });
  return edges
    .flatMap(({ node: { message } }) => (message && message.signature !== '' && message.id !== process ? [message] : []))
    .filter(({ data }) => data !== source)
    .slice(-MOST)
    .map((message) => step(message, process, owner));
}

/** Tags that aoconnect and the network add. */
const ADDED = new Set(['Data-Protocol', 'Variant', 'Type', 'SDK', 'Content-Type']);

function step({ owner: { address }, tags, data }: LogItem, process: string, owner: string): Step {
  const named = (text: string) => text.replaceAll(process, '{process}').replaceAll(owner, '{owner}');
  const own = Object.fromEntries(tags.filter(({ name }) => !ADDED.has(name)).map(({ name, value }) => [name, named(value)]));
  const from = address === owner ? 'owner' : wordOf(whois(address));
  return { says: `${from} sends ${own['Action'] ?? 'a message'}.`, from, tags: own, data: named(data ?? ''), expected: {} };
}

/** A name that a script can have for somebody. */
function wordOf(name: string): string {
  return /^\w+$/.test(name) ? name : 'someone';
}
