// What a round asks for, signed: the same bytes, and so the same ids, for the same seed.

import { createHash } from 'node:crypto';
import { createDataItem } from 'ao-unit/data-item';
import { signerOf } from '../differential/signer.mjs';
import { GAS, LEDGER, PROCESSES } from './workload.mjs';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
const ACTIONS = { pass: 'Pass', fail: 'Fail', burn: 'Burn', hire: 'Hire' };

/** Signs what is sent with the key of a seed: `{ spawns, signed }`. */
export async function author(seed) {
  const signer = await signerOf(`faults ${seed}`);
  const item = async (unique, fields, { target, data = '' } = {}) => {
    const anchor = createHash('sha256').update(unique).digest('hex').slice(0, 32);
    const protocol = { 'Data-Protocol': 'ao', Variant: 'ao.TN.1', Type: target ? 'Message' : 'Process' };
    const tags = Object.entries({ ...protocol, ...fields }).map(([name, value]) => ({ name, value }));
    const { id, raw } = await createDataItem({ data, tags, target, anchor }, signer);
    return { id, item: Buffer.from(raw).toString('base64') };
  };
  const spawn = (key, fields) => {
    return item(key, { Module: MODULE, 'On-Boot': 'Data', 'Compute-Limit': GAS, Key: key, ...fields }, { data: LEDGER });
  };

  return {
    /** The processes that are there from the beginning. The last of them ticks, and each tick sends to the first. */
    async spawns() {
      const spawned = [];
      for (let i = 0; i < PROCESSES; i += 1) {
        const cron = { 'Cron-Interval': '1-second', 'Cron-Tag-Action': 'Tick', 'Cron-Tag-Recipient': spawned[0]?.id };
        spawned.push(await spawn(`process ${i}`, i === PROCESSES - 1 ? cron : {}));
      }
      return spawned;
    },

    /** The operations of a round with what a page needs for each: the process, and the item where one is sent. */
    signed(operations, processes) {
      const all = operations.map(async ({ kind, key, from, to }) => {
        // Before there are forks, those that write to them write to the others.
        const process = processes[from % processes.length];
        if (kind === 'spawn') return { kind, key, ...(await spawn(key, {})) };
        if (!ACTIONS[kind]) return { kind, key, process };
        const fields = { Action: ACTIONS[kind], Key: key, Recipient: processes[to] };
        return { kind, key, process, ...(await item(key, fields, { target: process })) };
      });
      return Promise.all(all);
    },
  };
}
