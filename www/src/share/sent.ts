import type { LogItem, ProcessSummary, Unit } from 'ao-unit/unit';
import type { Step } from '../examples/examples.ts';
import { isSentByRun } from '../workspace/sent-by-run.ts';
import { cast } from '../workspace/stage.ts';
import { namesOf, type Names } from './names.ts';

/** So many messages of a process go into a link at most: the last. */
const MOST = 50;
/** So many lines of a log are read at once. */
const PAGE = 200;

/** What wallets sent to a process last, as the steps of a script: what Run itself sent is left out. */
export async function sentTo(unit: Unit, { id, owner }: ProcessSummary, signal: AbortSignal): Promise<Step[]> {
  const messages = await lastSent(unit, id, signal);
  const names = await namesOf({ process: id, owner, senders: messages.map((message) => message.owner.address) });
  return messages.map((message) => step(message, names, partOf(id)));
}

/** The last messages that wallets sent to a process, in their order: its log is read from its end. */
async function lastSent(unit: Unit, process: string, signal: AbortSignal): Promise<LogItem[]> {
  const found: LogItem[] = [];
  let end = (await unit.processes({ signal })).find(({ id }) => id === process)?.nextNonce ?? 0;
  while (end > 0 && found.length < MOST) {
    const start = Math.max(0, end - PAGE);
    const from = start === 0 ? {} : { from: start - 1 };
    const { edges } = await unit.log({ process, ...from, limit: end - start, signal });
    found.unshift(...edges.flatMap(({ node: { message } }) => (message && isSent(message, process) ? [message] : [])));
    end = start;
  }
  return found.slice(-MOST);
}

/** What processes sent bears no signature. The first message is the process itself. */
function isSent({ id, signature }: LogItem, process: string): boolean {
  return signature !== '' && id !== process && !isSentByRun(id);
}

/** The name that a step has for its process; nothing, where the first of the cast is meant. */
function partOf(process: string): string | undefined {
  const place = Object.entries(cast.peek()).findIndex(([, id]) => id === process);
  return place > 0 ? Object.keys(cast.peek())[place] : undefined;
}

/** Tags that aoconnect and the network add. */
const ADDED = new Set(['Data-Protocol', 'Variant', 'Type', 'SDK', 'Content-Type']);

function step({ owner: { address }, tags, data }: LogItem, names: Names, to: string | undefined): Step {
  const own = Object.fromEntries(tags.filter(({ name }) => !ADDED.has(name)).map(({ name, value }) => [name, names.template(value)]));
  const from = names.wordFor(address);
  const says = `${from} sends ${own['Action'] ?? 'a message'}.`;
  return { says, from, ...(to !== undefined && { to }), tags: own, data: names.template(data ?? ''), expected: {} };
}
