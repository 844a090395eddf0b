// A workload that is the same bytes wherever it is done: items that are signed beforehand, and what is asked beside.

import { createDataItem } from 'ao-unit/data-item';
import { createHash } from 'node:crypto';
import { forkOf } from './forks.mjs';
import { chance, GAS, LEDGER, PROCESSES, round } from '../faults/workload.mjs';
import { PRELUDE, program } from './programs.mjs';
import { signerOf } from './signer.mjs';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';

/**
 * Steps: so many random programs, and so many rounds of what `cargo xtask faults` asks. In the middle of the programs
 * and after every second round the unit is closed and opened again.
 */
export async function workload({ seed, programs, rounds }) {
  const random = chance(seed);
  const signer = await signerOf('differential');
  let count = 0;
  const item = async (named, data, target) => {
    const anchor = createHash('sha256').update(`${seed} ${(count += 1)}`).digest('hex').slice(0, 32);
    const protocol = { 'Data-Protocol': 'ao', Variant: 'ao.TN.1', Type: target ? 'Message' : 'Process' };
    const tags = Object.entries({ ...protocol, ...named }).map(([name, value]) => ({ name, value }));
    return createDataItem({ data, tags, target, anchor }, signer);
  };
  const steps = [];
  const accept = async (named, data, target) => {
    const { id, raw } = await item(named, data, target);
    steps.push({ step: 'accept', item: Buffer.from(raw).toString('base64url') });
    return id;
  };
  const spawn = (data, other = {}) => accept({ Module: MODULE, 'On-Boot': 'Data', 'Compute-Limit': GAS, ...other }, data);
  const evaluate = (process, lua) => accept({ Action: 'Eval' }, lua, process);

  const thinker = await spawn(PRELUDE);
  for (let i = 0; i < programs; i += 1) {
    if (i === Math.floor(programs / 2)) steps.push({ step: 'reopen' });
    await evaluate(thinker, program(random));
  }

  const ledgers = [];
  for (let i = 0; i < PROCESSES - 1; i += 1) ledgers.push(await spawn(LEDGER));
  const cron = { 'Cron-Interval': '1-second', 'Cron-Tag-Action': 'Tick', 'Cron-Tag-Recipient': ledgers[0] };
  ledgers.push(await spawn(LEDGER, cron));
  steps.push({ step: 'monitor', process: ledgers.at(-1) });
  /** How many messages each was sent from here: there are at least as many in its log. */
  const sent = new Map();
  const forks = [];
  const message = (from, Action, key, Recipient = from) => {
    sent.set(from, (sent.get(from) ?? 0) + 1);
    return accept({ Action, Key: key, Recipient }, '', from);
  };
  /** The ledgers, and the newest forks. */
  const places = () => [...ledgers, ...forks.slice(-2)];
  const verbs = {
    pass: ({ from, key, to }) => message(from, 'Pass', key, ledgers[to]),
    fail: ({ from, key }) => message(from, 'Fail', key),
    burn: ({ from, key }) => message(from, 'Burn', key),
    hire: ({ from, key }) => message(from, 'Hire', key),
    spawn: async ({ from, key }) => message(from, 'Pass', key, await spawn(LEDGER, { Key: key })),
    dryrun: ({ from, key }) => steps.push(asked(from, `Got['${key}'] = 1 return Got['${key}'] + 1`)),
    checkpoint: ({ from }) => steps.push({ step: 'checkpoint', process: from }),
    tick: () => steps.push({ step: 'advance', milliseconds: 1000 }),
    /** What is forked gets something from the ledger that it was, and the other way round. */
    fork: async ({ from, key, to }) => {
      const process = ledgers.includes(from) && from !== ledgers.at(-1) ? from : ledgers[0];
      const nonce = sent.get(process) ?? 0;
      const id = forkOf(process, nonce);
      // Chance is the same each time here, so a place of a log has one fork.
      if (forks.includes(id)) return;
      steps.push({ step: 'fork', process, nonce, id });
      forks.push(id);
      steps.push(asked(id, BOOKS));
      await message(process, 'Pass', `${key}-to-fork`, id);
      await message(id, 'Pass', `${key}-of-fork`, ledgers[to]);
      await message(id, 'Fail', `${key}-failed`);
    },
  };
  for (let number = 0; number < rounds; number += 1) {
    for (const operation of round(random, number).operations) {
      const { kind, from, ...rest } = operation;
      await verbs[kind]({ ...rest, from: places()[from % places().length] });
    }
    if (number % 2 === 1) {
      // Few rounds have a fork of their own.
      await verbs.fork({ from: ledgers[number % (PROCESSES - 1)], key: `${number}`, to: (number + 1) % PROCESSES });
      steps.push({ step: 'reopen' });
    }
  }
  for (const process of [...ledgers, ...forks]) steps.push(asked(process, BOOKS));
  return steps;
}

const BOOKS = `
local function listed(book)
  local all = {}
  for key, times in pairs(book) do all[#all + 1] = key .. '=' .. times end
  return table.concat(all, ' ')
end
return table.concat({ listed(Passed), listed(Got) }, '\\n')`;

/** What the owner would be told, without a trace. */
function asked(process, lua) {
  return { step: 'dryrun', process, lua };
}
