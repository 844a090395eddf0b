// A mix of everything that a unit does, as fast as it goes, as `soak`.

import { createDataItemSigner } from '/pkg/index.js';
import { openUnit } from '/pkg/unit.js';
import { generateWallet } from '/pkg/wallet.js';
import { further } from '/faults/evidence.js';
import { sizes } from './sizes.js';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
const STORAGE = 'soak';
const PROCESSES = 12;
/** What a process holds does not grow: what grows then is the unit's. */
const WORKER = `
Done, Ticks, Credit = 0, 0, {}
Handlers.add('Relay', { Action = 'Relay' }, function(m)
  Done = Done + 1
  local hops = tonumber(m.Hops)
  if hops > 0 then
    Send({ Target = m.Next, Action = 'Relay', Hops = tostring(hops - 1), Next = m.Back, Back = m.Next })
  end
end)
Handlers.add('Fan', { Action = 'Fan' }, function(m)
  for i = 1, tonumber(m.Count) do Send({ Target = m.Next, Action = 'Credit', Key = 'fan' }) end
end)
Handlers.add('Credit', { Action = 'Credit' }, function(m)
  Credit[m.Key] = (Credit[m.Key] or 0) + 1
  local held = {}
  for i = 1, 50 do held[i] = { index = i, text = m.Key .. i } end
end)
Handlers.add('Fail', { Action = 'Fail' }, function(m) Done = -1 error('refused ' .. m.Key) end)
Handlers.add('Burn', { Action = 'Burn' }, function() while true do end end)
Handlers.add('Tick', { Action = 'Tick' }, function() Ticks = Ticks + 1 end)`;

const tags = (named) => Object.entries(named).map(([name, value]) => ({ name, value: String(value) }));

let unit;
let signer;
let rounds = 0;
/** What processes that are deleted by now had evaluated. */
let gone = 0;
const processes = [];
/** Ids that were acknowledged since they were last told, of what the twelve have: guests are gone by then. */
const acknowledged = [];
const counts = { signed: 0, failed: 0, outOfGas: 0, dryRuns: 0, reads: 0, forks: 0, deleted: 0, checkpoints: 0 };

async function start(settings) {
  unit = await openUnit({ storage: `idb://${STORAGE}`, ...settings });
  unit.on('checkpointed', () => (counts.checkpoints += 1));
  signer = createDataItemSigner(await generateWallet({ type: 'ed25519', keep: false }));
  const cron = { 'Cron-Interval': '1-second', 'Cron-Tag-Action': 'Tick' };
  for (let i = 0; i < PROCESSES; i += 1) processes.push(await spawn(i === 0 ? cron : {}));
  acknowledged.push(...processes);
  await unit.monitor(processes[0]);
}

/**
 * Works for at least so many milliseconds; answers how many evaluations there have been in all, what else, and what was
 * acknowledged meanwhile.
 */
async function work(milliseconds) {
  const began = performance.now();
  while (performance.now() - began < milliseconds) await round();
  const took = performance.now() - began;
  return { evaluated: await evaluated(), took, rounds, ...counts, acknowledged: acknowledged.splice(0) };
}

async function round() {
  const number = (rounds += 1);
  const at = (i) => processes[(number + i) % PROCESSES];
  const calls = [];
  for (let i = 0; i < 24; i += 1) {
    calls.push(message(at(i), { Action: 'Relay', Hops: 15, Next: at(i + 5), Back: at(i) }));
  }
  for (let i = 0; i < 16; i += 1) calls.push(message(at(i), { Action: 'Credit', Key: i }));
  calls.push(message(at(7), { Action: 'Fan', Count: 100, Next: at(2) }));
  calls.push(message(at(3), { Action: 'Fail', Key: number }).then(failed));
  calls.push(dryRun(at(4)));
  if (number % 10 === 2) calls.push(unit.advanceClock(1000));
  if (number % 10 === 3) calls.push(look(at(6)));
  if (number % 25 === 5) calls.push(message(at(8), { Action: 'Burn' }).then(outOfGas));
  if (number % 25 === 4) calls.push(visit());
  await Promise.all(calls);
  await settled();
}

async function spawn(named) {
  const limits = { 'On-Boot': 'Data', 'Compute-Limit': 20_000_000 };
  const process = await unit.spawn({ module: MODULE, signer, tags: tags({ ...limits, ...named }), data: WORKER });
  const boot = await unit.result({ process, message: process });
  if (boot.Error) throw new Error(`a process does not start: ${boot.Error}`);
  return process;
}

async function message(process, named) {
  const id = await unit.message({ process, signer, tags: tags(named) });
  counts.signed += 1;
  if (processes.includes(process)) acknowledged.push(id);
  return unit.result({ process, message: id });
}

function failed({ Error: failure }) {
  if (!failure?.includes('refused')) throw new Error(`what must fail came to ${failure}`);
  counts.failed += 1;
}

function outOfGas({ Error: failure }) {
  if (!failure?.includes('gas')) throw new Error(`what never ends came to ${failure}`);
  counts.outOfGas += 1;
}

async function dryRun(process) {
  const { Error: failure } = await unit.dryrun({ process, tags: tags({ Action: 'Credit', Key: 'dry' }) });
  if (failure) throw new Error(`a dry-run came to ${failure}`);
  counts.dryRuns += 1;
}

/** What a page with a view of a process reads. */
async function look(process) {
  const { edges } = await unit.log({ process, limit: 50 });
  await unit.results({ process, sort: 'DESC', limit: 25 });
  const [Done, Dry] = [await unit.inspect(process, 'Done'), await unit.inspect(process, 'Credit.dry')];
  if (edges.length > 0 && Done >= 0 && Dry === null) return void (counts.reads += 4);
  throw new Error(`${process} has ${edges.length} messages, Done is ${Done}, Credit.dry is ${Dry}`);
}

/** A process that comes, is forked, and goes with its fork. */
async function visit() {
  const guest = await spawn({});
  await message(guest, { Action: 'Credit', Key: 'guest' });
  await unit.checkpointNow(guest);
  const fork = await unit.fork(guest);
  await message(fork, { Action: 'Credit', Key: 'guest' });
  if ((await unit.inspect(fork, 'Credit.guest')) !== 2) throw new Error('a fork does not go on from where it was made');
  counts.forks += 1;
  for (const { id, evaluated } of await unit.processes()) {
    if (id !== guest && id !== fork) continue;
    // The fork has the log of the guest: it did not evaluate it again.
    gone += id === fork ? 1 : evaluated;
    await unit.deleteProcess(id);
    counts.deleted += 1;
  }
}

/** Waits until everything that follows from what was sent is evaluated. */
async function settled() {
  while ((await unit.processes()).some(({ length, evaluated }) => length !== evaluated));
}

async function evaluated() {
  return (await unit.processes()).reduce((sum, process) => sum + process.evaluated, gone);
}

globalThis.soak = {
  start,
  work,
  sizes: () => sizes(STORAGE),
  /** Ends the work: nothing ticks any more. Answers the processes, and how many causes are paused. */
  end: async () => {
    await unit.unmonitor(processes[0]);
    await settled();
    return { paused: (await unit.paused()).length, processes: await unit.processes() };
  },
  /** What there is of one of them, as `invariants.mjs` takes it, and what a replay of all of it comes to. */
  evidence: async (process) => ({ ...(await further(unit, process)), replayed: await unit.replay(process.id) }),
  close: () => unit.close(),
};
