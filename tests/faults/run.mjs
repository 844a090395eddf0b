// The unit while its worker is killed at random moments:
//
//   node tests/faults/run.mjs [--kills N] [--seed S] [--json]
//
// needs pkg/dist to be built. The seed decides what is asked, when an end is made of it, and how; how far the unit
// came by then is the machine's to decide.

import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { withBrowser } from '../demo/browser.mjs';
import { chance, LEDGER, PROCESSES, round } from './workload.mjs';

const STORAGE = 'idb://faults';
/** Between the checks of everything, only the logs are looked at. */
const ROUNDS_PER_REPLAY = 50;

/** Put before the worker's script: aborts the next transaction that writes when it is told to. */
const ABORTING = `
let armed = false;
new BroadcastChannel('faults').onmessage = () => (armed = true);
const done = new BroadcastChannel('faults-done');
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...given) {
  const request = put.apply(this, given);
  if (armed) {
    armed = false;
    this.transaction.abort();
    done.postMessage('aborted');
  }
  return request;
};
`;

/** Runs the workload of `seed` with so many kills, and answers what was lost, doubled or otherwise. */
export async function runFaults({ kills = 200, seed = 1 } = {}) {
  return withBrowser(async ({ page, origin }) => {
    const context = page.context();
    const acknowledged = [];
    let aborted = 0;
    await context.exposeBinding('acknowledge', (_, entry) => void acknowledged.push(entry));
    await context.exposeBinding('abortedOne', () => void (aborted += 1));
    await context.addInitScript(recordWorkers);
    await context.route('**/pkg/worker.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: ABORTING + (await response.text()) });
    });
    const random = chance(seed);
    let tab = await open(context, origin);
    const processes = await tab.evaluate(spawnAll, [LEDGER, PROCESSES]);
    const faults = [];
    for (let number = 0; number < kills; number += 1) {
      const { operations, wait, how, abort } = round(random, number);
      void tab.evaluate(operate, [operations, processes, LEDGER]).catch(() => {});
      if (abort) void tab.evaluate(() => new BroadcastChannel('faults').postMessage(1)).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, wait));
      await end(tab, how);
      tab = await open(context, origin);
      const replays = (number + 1) % ROUNDS_PER_REPLAY === 0 || number + 1 === kills;
      const seen = await check(tab, processes, acknowledged, replays);
      faults.push(...seen.faults.map((fault) => ({ number, how, ...fault })));
      if (replays) {
        process.stderr.write(`${number + 1} kills, ${acknowledged.length} acknowledged, ${seen.faults.length} faults\n`);
      }
      if (replays && number + 1 === kills) {
        const count = (kind) => faults.filter((fault) => fault.kind === kind).length;
        return {
          kills, seed, aborted, sent: acknowledged.length, evaluated: seen.evaluated,
          lost: count('lost'), doubled: count('doubled'), chains: count('chain'),
          replayEqual: count('replay') === 0, faults,
        };
      }
    }
    throw new Error(`--kills is ${kills}: it must be at least 1`);
  });
}

/** A tab with the unit on the storage. */
async function open(context, origin) {
  const tab = await context.newPage();
  await tab.goto(`${origin}/unit-api/`);
  await tab.waitForFunction(() => globalThis.kit !== undefined);
  await tab.evaluate(async (storage) => {
    new BroadcastChannel('faults-done').onmessage = () => abortedOne();
    globalThis.unit = await kit.openUnit({ storage });
  }, STORAGE);
  return tab;
}

async function end(tab, how) {
  if (how === 'terminate') await tab.evaluate(() => workers.forEach((worker) => worker.terminate()));
  if (how === 'crash') {
    const session = await tab.context().newCDPSession(tab);
    const crash = session.send('Page.crash').catch(() => {});
    await Promise.race([crash, new Promise((resolve) => setTimeout(resolve, 500))]);
  }
  await tab.close().catch(() => {});
}

/** What is wrong: with the logs, and with what the processes hold; by replays as well if `replays`. */
async function check(tab, processes, acknowledged, replays) {
  const { logs, ledgers, replayed } = await tab.evaluate(look, [processes, replays]);
  const faults = [];
  const places = new Map();
  for (const [process, edges] of Object.entries(logs)) {
    for (const { id } of edges) places.set(id, (places.get(id) ?? 0) + 1);
    faults.push(...brokenChain(process, edges));
  }
  for (const { id } of acknowledged) {
    const found = places.get(id) ?? 0;
    if (found !== 1) faults.push({ kind: found ? 'doubled' : 'lost', what: 'message', id });
  }
  const passed = merged(ledgers.map(({ Passed }) => Passed));
  const got = merged(ledgers.map(({ Got }) => Got));
  for (const { kind, key } of acknowledged) {
    if (kind === 'pass' && !passed[key]) faults.push({ kind: 'lost', what: 'evaluation', key });
    if (kind === 'fail' && passed[key]) faults.push({ kind: 'doubled', what: 'failed evaluation kept', key });
  }
  for (const key of new Set([...Object.keys(passed), ...Object.keys(got)])) {
    const [sent, come] = [passed[key] ?? 0, got[key] ?? 0];
    if (sent > 1 || come > sent) faults.push({ kind: 'doubled', what: 'delivery', key, sent, come });
    else if (come < sent) faults.push({ kind: 'lost', what: 'delivery', key });
  }
  for (const [process, { different, memoryIsEqual, firstDifference }] of Object.entries(replayed)) {
    if (different || !memoryIsEqual) faults.push({ kind: 'replay', process, different, memoryIsEqual, firstDifference });
  }
  return { faults, evaluated: Object.values(replayed).reduce((sum, { entries }) => sum + entries, 0) };
}

function merged(tables) {
  const all = {};
  for (const table of tables) {
    for (const [key, times] of Object.entries(table)) all[key] = (all[key] ?? 0) + times;
  }
  return all;
}

/** The hash chain by the rule of the network's schedulers, and nonces without a gap. */
function brokenChain(process, edges) {
  const bytes = (id) => Buffer.from(id, 'base64url');
  const hash = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
  let link = hash(bytes(process));
  for (const [i, { nonce, chain, assignment }] of edges.entries()) {
    if (nonce !== i || chain !== link.toString('base64url')) return [{ kind: 'chain', process, nonce, expected: i }];
    link = hash(bytes(assignment), link);
  }
  return [];
}

// In the page.

function recordWorkers() {
  globalThis.workers = [];
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      workers.push(this);
    }
  };
}

async function spawnAll([ledger, count]) {
  const cron = { 'Cron-Interval': '1-second', 'Cron-Tag-Action': 'Tick' };
  const processes = [];
  for (let i = 0; i < count; i += 1) processes.push(await kit.spawn(unit, ledger, i === 0 ? cron : {}));
  return processes;
}

function operate([operations, processes, ledger]) {
  const message = async ({ kind, key, from, to }, Action) => {
    const tags = kit.tags({ Action, Key: key, Recipient: processes[to] });
    await acknowledge({ kind, key, id: await unit.message({ process: processes[from], tags }) });
  };
  const verbs = {
    pass: (one) => message(one, 'Pass'),
    fail: (one) => message(one, 'Fail'),
    burn: (one) => message(one, 'Burn'),
    dryrun: ({ from, key }) => unit.dryrun({ process: processes[from], tags: kit.tags({ Action: 'Give', Key: `dry-${key}` }) }),
    checkpoint: ({ from }) => unit.checkpointNow(processes[from]),
    tick: () => unit.advanceClock(1000),
    spawn: ({ key }) => kit.spawn(unit, ledger, { Key: key }),
    fork: ({ from }) => unit.fork(processes[from]),
  };
  return Promise.allSettled(operations.map((one) => verbs[one.kind](one)));
}

async function look([processes, replays]) {
  const logs = {};
  const replayed = {};
  const ledgers = [];
  const settled = async (process) => {
    const newest = (await unit.log({ process, limit: 100_000 })).edges.at(-1)?.node.message;
    if (newest) await unit.result({ process, message: newest.id });
  };
  // Twice: what the first evaluation sends on is in the other logs by then.
  for (let i = 0; i < 2; i += 1) await Promise.all(processes.map(settled));
  for (const process of processes) {
    const { edges } = await unit.log({ process, limit: 100_000 });
    const value = (tags, wanted) => tags.find(({ name }) => name === wanted)?.value;
    logs[process] = edges.map(({ node: { message, assignment } }) => ({
      id: message?.id,
      assignment: assignment.id,
      nonce: Number(value(assignment.tags, 'Nonce')),
      chain: value(assignment.tags, 'Hash-Chain'),
    }));
    const [Passed, Got] = [await unit.inspect(process, 'Passed'), await unit.inspect(process, 'Got')];
    ledgers.push({ Passed, Got });
    if (replays) replayed[process] = await unit.replay(process);
  }
  return { logs, ledgers, replayed };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { kills: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean' } },
  });
  const { faults, ...figures } = await runFaults({ kills: Number(values.kills ?? 200), seed: Number(values.seed ?? 1) });
  for (const fault of faults.slice(0, 20)) console.error(JSON.stringify(fault));
  if (!values.json) console.error(figures);
  else console.log(JSON.stringify(figures));
  process.exitCode = faults.length > 0 ? 1 : 0;
}
