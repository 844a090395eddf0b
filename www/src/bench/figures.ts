// What a visitor's browser is measured by: the part of the benchmark that needs nothing but a browser.

import { dryRuns, latencies } from './latency.ts';
import { madeOnce, Token } from './network.ts';
import { pingsPerSecond } from './ping.ts';
import { programs, runProgram } from './programs.ts';

/** Something that is measured in rounds. */
export interface Figure {
  title: string;
  unit: string;
  /** Whether a greater number is the better one. */
  more: boolean;
  rounds: number;
  /** One round. The first is for warming up, and does not count. */
  measure(): Promise<number>;
}

const token = madeOnce(() => Token.open());

export const figures: readonly Figure[] = [
  ...programs.map((name) => ({
    title: `Lua: ${name}`,
    unit: 'ms',
    more: false,
    rounds: 5,
    measure: async () => (await runProgram(name)).milliseconds,
  })),
  {
    title: 'Messages through the machine alone',
    unit: 'a second',
    more: true,
    rounds: 5,
    measure: () => pingsPerSecond(3000),
  },
  {
    title: 'Token transfers with two notices each, kept in this browser',
    unit: 'a second',
    more: true,
    rounds: 3,
    measure: async () => (await token()).transfersPerSecond(1000),
  },
  {
    title: 'From a signed message to its result',
    unit: 'ms',
    more: false,
    rounds: 3,
    measure: async () => median(await latencies(50)),
  },
  {
    title: 'A dry-run on a process of 2 MB',
    unit: 'ms',
    more: false,
    rounds: 3,
    measure: async () => median(await dryRuns(50)),
  },
];

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [below = Number.NaN, above = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}
