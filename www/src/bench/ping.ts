// Messages a second through the machine alone: a handler that replies.

import ping from './ping.lua?raw';
import { BenchProcess } from './process.ts';

const PING = [
  { name: 'Data-Protocol', value: 'ao' },
  { name: 'Variant', value: 'ao.TN.1' },
  { name: 'Type', value: 'Message' },
  { name: 'Action', value: 'Ping' },
];

let process: BenchProcess | undefined;

/** Evaluates `count` pings, each of which is checked, and answers how many a second. */
export async function pingsPerSecond(count: number): Promise<number> {
  if (!process) {
    process = await BenchProcess.start();
    process.eval(ping);
  }
  const start = performance.now();
  for (let i = 0; i < count; i += 1) {
    const { Messages } = process.evaluate(PING);
    if (Messages[0]?.Data !== 'pong') throw new Error(`a ping came to ${JSON.stringify(Messages)}`);
  }
  return (count / (performance.now() - start)) * 1000;
}
