// What a unit has, as `invariants.mjs` takes it. It runs in a page and in Node.

/** The most that a list of results and a part of a log have. */
const PAGE = 1000;
/** A unit in which nothing is evaluated for so long is stuck. */
const PATIENCE_MS = 30_000;
const STATE = ['Passed', 'Got', 'Ticks'];

/**
 * Everything behind what is `known`: `{ [process]: { length, nonce, cursor } }`; of processes whose logs have not grown
 * nothing, not even what they hold; and the `ids` of all of them. Crons tick while it is read; so it is read
 * until nothing has come since, and what is read of one process goes with what is read of the next.
 */
export async function evidence(unit, { known = {}, replays = false } = {}) {
  const read = new Map();
  let ids;
  for (;;) {
    const all = await settled(unit);
    ids = all.map(({ id }) => id);
    const grown = all.filter(({ id, length }) => (read.get(id) ?? known[id])?.length !== length);
    if (grown.length === 0) break;
    for (const process of grown) {
      const { id } = process;
      read.set(id, await further(unit, process, read.get(id), known[id]));
    }
  }
  const processes = [...read.values()];
  if (replays) for (const process of processes) process.replayed = await unit.replay(process.id);
  return { ids, processes, paused: (await unit.paused()).length };
}

/** A process, as `unit.processes()` lists it, and what it has beyond what was read of it before. */
export async function further(unit, { id, forkedFrom, nextNonce, length }, before = { log: [], sent: [] }, known = {}) {
  const log = [...before.log, ...(await logOf(unit, id, before.log.at(-1)?.nonce ?? known.nonce ?? -1))];
  const { outcomes, cursor } = await sentBy(unit, id, before.cursor ?? known.cursor);
  const state = {};
  for (const name of STATE) state[name] = await unit.inspect(id, name);
  return { id, forkedFrom, nextNonce, length, log, sent: [...before.sent, ...outcomes], cursor, state };
}

/** The processes, as soon as everything that follows from what was sent is evaluated. */
async function settled(unit) {
  let [evaluated, since] = [-1, performance.now()];
  for (;;) {
    const processes = await unit.processes();
    if (processes.every(({ length, evaluated }) => length === evaluated)) return processes;
    const now = processes.reduce((sum, process) => sum + process.evaluated, 0);
    if (now !== evaluated) [evaluated, since] = [now, performance.now()];
    if (performance.now() - since > PATIENCE_MS) throw new Error(`nothing is evaluated any more, and ${unevaluated(processes)} are not`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const unevaluated = (processes) => processes.filter(({ length, evaluated }) => length !== evaluated).map(({ id }) => id);

async function logOf(unit, process, after) {
  const entries = [];
  for (;;) {
    const { edges, pageInfo } = await unit.log({ process, from: entries.at(-1)?.nonce ?? after, limit: PAGE });
    entries.push(...edges.map(entry));
    if (!pageInfo.hasNextPage) return entries;
  }
}

function entry({ node: { message, assignment } }) {
  const said = (name) => value(message?.tags ?? [], name);
  return {
    id: message?.id,
    from: said('From-Process'),
    anchor: message?.anchor,
    action: said('Action'),
    key: said('Key'),
    born: said('Process'),
    assignment: assignment.id,
    /** Whose it was when it was assigned: of what a fork has of its ancestor, the ancestor. */
    process: value(assignment.tags, 'Process'),
    nonce: Number(value(assignment.tags, 'Nonce')),
    chain: value(assignment.tags, 'Hash-Chain'),
  };
}

/** What a process sent, outcome by outcome; those that failed sent nothing. */
async function sentBy(unit, process, after) {
  const outcomes = [];
  let cursor = after;
  for (;;) {
    const { edges, pageInfo } = await unit.results({ process, limit: PAGE, ...(cursor && { from: cursor }) });
    for (const { node, cursor } of edges) {
      const { ordinate, cron, timestamp } = JSON.parse(atob(cursor));
      outcomes.push({
        nonce: Number(ordinate),
        isTick: cron !== null,
        timestamp,
        messages: node.Messages.map(({ Target, Anchor }) => ({ target: Target, anchor: Anchor })),
        spawns: node.Spawns.map(({ Tags }) => value(Tags, 'Key')),
      });
    }
    cursor = edges.at(-1)?.cursor ?? cursor;
    if (!pageInfo.hasNextPage) return { outcomes, cursor };
  }
}

function value(tags, wanted) {
  return tags.find(({ name }) => name === wanted)?.value;
}
