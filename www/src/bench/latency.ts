// How long one message takes, one at a time; and one dry-run.

import { madeOnce, newSigner, newUnit, signed, spawn } from './network.ts';
import ping from './ping.lua?raw';

/** A table of 1.2 MB beside what the runtime has. */
const ROWS = `
  Rows = {}
  for i = 1, 6000 do Rows[i] = { id = i, name = ('row %08d of many'):format(i) } end
  Handlers.add('Count', 'Count', function(msg) msg.reply({ Data = tostring(#Rows) }) end)`;

const processes = madeOnce(async () => {
  const [unit, signer] = await Promise.all([newUnit(), newSigner()]);
  return { unit, signer, ping: await spawn(unit, signer, ping), rows: await spawn(unit, signer, ROWS) };
});

/** Milliseconds from a signed message to its result, of `count` messages, one after the other. */
export async function latencies(count: number): Promise<number[]> {
  const { unit, signer, ping: process } = await processes();
  const times = [];
  for (const item of await signed(signer, process, [{ name: 'Action', value: 'Ping' }], count)) {
    const start = performance.now();
    const { id } = await unit.accept(item);
    const { Messages } = await unit.result({ process, message: id });
    times.push(performance.now() - start);
    if (Messages[0]?.Data !== 'pong') throw new Error(`a ping came to ${JSON.stringify(Messages)}`);
  }
  return times;
}

/** Milliseconds of `count` dry-runs on a process of 2 MB. */
export async function dryRuns(count: number): Promise<number[]> {
  const { unit, rows: process } = await processes();
  const times = [];
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    const { Messages } = await unit.dryrun({ process, tags: [{ name: 'Action', value: 'Count' }] });
    times.push(performance.now() - start);
    if (Messages[0]?.Data !== '6000') throw new Error(`a dry-run came to ${JSON.stringify(Messages)}`);
  }
  return times;
}
