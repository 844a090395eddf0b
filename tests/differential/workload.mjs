// A workload that is the same bytes wherever it is done: items that are signed beforehand, and what is asked beside.

import { createDataItem } from 'ao-unit/data-item';
import { createHash } from 'node:crypto';
import { chance, GAS, LEDGER, PROCESSES, round } from '../faults/workload.mjs';
import { PRELUDE, program } from './programs.mjs';
import { signerOf } from './signer.mjs';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';

/** Steps: so many random programs, and so many rounds of what `cargo xtask faults` asks. */
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
  for (let i = 0; i < programs; i += 1) await evaluate(thinker, program(random));

  const ledgers = [];
  for (let i = 0; i < PROCESSES - 1; i += 1) ledgers.push(await spawn(LEDGER));
  const cron = { 'Cron-Interval': '1-second', 'Cron-Tag-Action': 'Tick', 'Cron-Tag-Recipient': ledgers[0] };
  ledgers.push(await spawn(LEDGER, cron));
  steps.push({ step: 'monitor', process: ledgers.at(-1) });
  let forks = 0;
  const message = (from, Action, key, Recipient = from) => accept({ Action, Key: key, Recipient }, '', from);
  const verbs = {
    pass: ({ from, key, to }) => message(ledgers[from], 'Pass', key, ledgers[to]),
    fail: ({ from, key }) => message(ledgers[from], 'Fail', key),
    burn: ({ from, key }) => message(ledgers[from], 'Burn', key),
    hire: ({ from, key }) => message(ledgers[from], 'Hire', key),
    spawn: async ({ from, key }) => message(ledgers[from], 'Pass', key, await spawn(LEDGER, { Key: key })),
    dryrun: ({ from, key }) => steps.push(asked({ process: ledgers[from] }, `Got['${key}'] = 1 return Got['${key}'] + 1`)),
    checkpoint: ({ from }) => steps.push({ step: 'checkpoint', process: ledgers[from] }),
    tick: () => steps.push({ step: 'advance', milliseconds: 1000 }),
    fork: ({ from }) => {
      steps.push({ step: 'fork', process: ledgers[from] });
      steps.push(asked({ fork: forks }, BOOKS));
      forks += 1;
    },
  };
  for (let number = 0; number < rounds; number += 1) {
    for (const operation of round(random, number).operations) {
      // Forks have ids that nobody knows beforehand: nothing is signed for them.
      await verbs[operation.kind]({ ...operation, from: operation.from % PROCESSES });
    }
  }
  for (const process of ledgers) steps.push(asked({ process }, BOOKS));
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
function asked(whom, lua) {
  return { step: 'dryrun', ...whom, lua };
}
