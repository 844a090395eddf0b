// The unit while its worker is killed at random moments:
//
//   node tests/faults/run.mjs [--kills N] [--seed S] [--json]
//
// needs pkg/dist to be built. The seed decides what is asked, when an end is made of it, and how; how far the unit
// came by then is the machine's to decide.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';
import { endWorkers, recordWorkers } from '../demo/workers.mjs';
import { faultsOf } from './invariants.mjs';
import { undisturbedFaults } from './undisturbed.mjs';
import { chance, GAS, LEDGER, PROCESSES, round } from './workload.mjs';

const STORAGE = 'idb://faults';
const PAGE = fileURLToPath(new URL('./page/', import.meta.url));
/** Between looks at everything, what is new is read. */
const ROUNDS_PER_LOOK = 25;

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
  return withBrowser(
    async ({ page, origin }) => {
      const context = page.context();
      const acknowledged = [];
      const hows = {};
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
      const processes = await tab.evaluate(spawnAll, [LEDGER, GAS, PROCESSES]);
      acknowledged.push(...processes.map((id) => ({ kind: 'spawn', id })));
      const faults = [];
      let book = new Map();
      for (let number = 0; number < kills; number += 1) {
        const { operations, wait, how, abort } = round(random, number);
        const forks = acknowledged.filter(({ kind }) => kind === 'fork').map(({ id }) => id);
        void tab.evaluate(operate, [operations, [...processes, ...forks.slice(-2)], LEDGER, GAS]).catch(() => {});
        if (abort) void tab.evaluate(() => new BroadcastChannel('faults').postMessage(1)).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, wait));
        await end(tab, how);
        hows[how] = (hows[how] ?? 0) + 1;
        tab = await open(context, origin);
        if ((number + 1) % ROUNDS_PER_LOOK === 0) book = new Map();
        const seen = await tab.evaluate(look, [knownOf(book)]);
        enter(book, seen.processes);
        const found = faultsOf({ processes: [...book.values()], paused: seen.paused }, acknowledged);
        faults.push(...found.map((fault) => ({ number, how, ...fault })));
        if (found.length > 0) break;
        if ((number + 1) % ROUNDS_PER_LOOK === 0) console.error(`${number + 1} kills, ${acknowledged.length} acknowledged`);
      }
      const whole = await tab.evaluate(look, [{}, true]);
      const last = { number: kills, how: 'end' };
      faults.push(...faultsOf(whole, acknowledged).map((fault) => ({ ...last, ...fault })));
      const elsewhere = await undisturbedFaults(exports(tab, whole.processes));
      faults.push(...elsewhere.faults.map((fault) => ({ ...last, how: 'undisturbed', ...fault })));
      const count = (kind) => faults.filter((fault) => fault.kind === kind).length;
      return {
        kills, seed, hows, aborted, sent: acknowledged.length, processes: whole.processes.length,
        evaluated: whole.processes.reduce((sum, { replayed }) => sum + replayed.entries, 0),
        evaluatedElsewhere: elsewhere.entries,
        lost: count('lost'), doubled: count('doubled'), gaps: count('gap'), chains: count('chain') + count('fork'),
        replayEqual: count('replay') === 0, faults,
      };
    },
    { folders: { '/faults/': PAGE, ...FOLDERS } },
  );
}

/** How far each process is known. */
function knownOf(book) {
  return Object.fromEntries([...book].map(([id, { log, cursor }]) => [id, { nonce: log.at(-1)?.nonce, cursor }]));
}

/** Adds to what is known of processes what they have beyond it. */
function enter(book, processes) {
  for (const { log, sent, ...rest } of processes) {
    const before = book.get(rest.id) ?? { log: [], sent: [] };
    book.set(rest.id, { ...rest, log: [...before.log, ...log], sent: [...before.sent, ...sent] });
  }
}

async function* exports(tab, processes) {
  for (const { id } of processes) {
    const [, base64] = (await tab.evaluate(exported, id)).split(',');
    yield { id, file: new Uint8Array(Buffer.from(base64, 'base64')) };
  }
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
  if (how === 'terminate') await endWorkers(tab);
  if (how === 'crash') {
    const session = await tab.context().newCDPSession(tab);
    const crash = session.send('Page.crash').catch(() => {});
    await Promise.race([crash, new Promise((resolve) => setTimeout(resolve, 500))]);
  }
  await tab.close().catch(() => {});
}

// In the page.

/** The last of them ticks, and each tick sends to the first. */
async function spawnAll([ledger, gas, count]) {
  const processes = [];
  for (let i = 0; i < count; i += 1) {
    const cron = { 'Cron-Interval': '1-second', 'Cron-Tag-Action': 'Tick', 'Cron-Tag-Recipient': processes[0] };
    const isLast = i === count - 1;
    processes.push(await kit.spawn(unit, ledger, { 'Compute-Limit': gas, ...(isLast && cron) }));
    if (isLast) await unit.monitor(processes[i]);
  }
  return processes;
}

function operate([operations, processes, ledger, gas]) {
  const message = async ({ kind, key, from, to }, Action) => {
    const tags = kit.tags({ Action, Key: key, Recipient: processes[to] });
    await acknowledge({ kind, key, id: await unit.message({ process: processes[from], tags }) });
  };
  const verbs = {
    pass: (one) => message(one, 'Pass'),
    fail: (one) => message(one, 'Fail'),
    burn: (one) => message(one, 'Burn'),
    hire: (one) => message(one, 'Hire'),
    dryrun: ({ from, key }) => {
      return unit.dryrun({ process: processes[from], tags: kit.tags({ Action: 'Give', Key: `dry-${key}` }) });
    },
    checkpoint: ({ from }) => unit.checkpointNow(processes[from]),
    tick: () => unit.advanceClock(1000),
    spawn: async ({ kind, key }) => {
      const named = { 'On-Boot': 'Data', 'Compute-Limit': gas, Key: key };
      await acknowledge({ kind, id: await unit.spawn({ module: kit.MODULE, tags: kit.tags(named), data: ledger }) });
    },
    fork: async ({ kind, from }) => acknowledge({ kind, id: await unit.fork(processes[from]) }),
  };
  // Before there are forks, those that write to them write to the others.
  const at = (place) => place % processes.length;
  return Promise.allSettled(operations.map((one) => verbs[one.kind]({ ...one, from: at(one.from) })));
}

async function look([known, replays]) {
  const { evidence } = await import('/faults/evidence.js');
  return evidence(unit, { known, replays });
}

async function exported(process) {
  const file = new Blob([await unit.exportProcess(process)]);
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsDataURL(file);
  });
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
