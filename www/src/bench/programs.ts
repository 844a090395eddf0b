// Programs of plain Lua, each a function that answers a text by which its work is checked. Native Lua runs the same.

import { BenchProcess } from './process.ts';

const FILES = import.meta.glob<string>('./programs/*.lua', { query: '?raw', import: 'default', eager: true });

const SOURCES = new Map(
  Object.entries(FILES).map(([path, source]) => [path.replace(/^.*\/|\.lua$/g, ''), source] as const),
);

/** By name: recursion, loops, … */
export const programs: readonly string[] = [...SOURCES.keys()];

export interface Run {
  milliseconds: number;
  answer: string;
}

const prepared = new Map<string, BenchProcess>();

/** Runs a program once, in a process of its own that is kept for the next time. */
export async function runProgram(name: string): Promise<Run> {
  const process = prepared.get(name) ?? (await prepare(name));
  // Not within the call of a tool that drives the browser: there it describes every error at length as it is thrown,
  // also those that are caught, and `pcall` takes ten times as long.
  await new Promise((resolve) => setTimeout(resolve));
  const start = performance.now();
  const answer = process.eval('return Program()');
  return { milliseconds: performance.now() - start, answer };
}

async function prepare(name: string): Promise<BenchProcess> {
  const source = SOURCES.get(name);
  if (source === undefined) throw new Error(`there is no program ${name}: there are ${programs.join(', ')}`);
  const process = await BenchProcess.start();
  process.eval(`Program = (function()\n${source}\nend)()`);
  prepared.set(name, process);
  return process;
}
