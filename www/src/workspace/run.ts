import { signal } from '@preact/signals';
import type { Unit } from 'ao-unit/unit';
import { refresh, selected } from '../unit/processes.ts';
import { open } from '../unit/session.ts';
import { signing, type Identity } from '../unit/signing.ts';
import { bundle } from './bundle.ts';
import { files } from './files.ts';
import { cast, processName, staging } from './stage.ts';

/** What the last press of Run came to. */
export type RunState =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly done: number; readonly of: number }
  | {
      readonly state: 'done';
      /** The first of them. */
      readonly process: string;
      readonly processes: number;
      /** Whether they were there before, and keep their state. */
      readonly reloaded: boolean;
      readonly output: string;
      readonly milliseconds: number;
    }
  | { readonly state: 'failed'; readonly error: unknown };

export const running = signal<RunState>({ state: 'idle' });

/**
 * Runs the files: in `process`, which keeps its state, and in all that were started with it; in new processes, if none
 * is named. The first of them is selected then.
 */
export async function run({ process }: { process?: string | undefined } = {}): Promise<void> {
  const since = performance.now();
  running.value = { state: 'running', done: 0, of: 1 };
  try {
    const [unit, identity] = await Promise.all([open(), signing()]);
    const source = bundle(files.value);
    const { first, output, processes } = process
      ? await reload(unit, identity, source, process)
      : await start(unit, identity, source);
    await refresh(unit);
    selected.value = first;
    const milliseconds = performance.now() - since;
    running.value = { state: 'done', process: first, processes, reloaded: process !== undefined, output, milliseconds };
  } catch (error) {
    running.value = { state: 'failed', error };
  }
}

interface Started {
  readonly first: string;
  readonly processes: number;
  readonly output: string;
}

async function start(unit: Unit, { signer }: Identity, source: string): Promise<Started> {
  const stage = staging.value;
  const started: Record<string, string> = {};
  for (const name of stage.cast) {
    running.value = { state: 'running', done: Object.keys(started).length, of: stage.cast.length };
    started[name] = await unit.deploy({ source, signer, name: processName(stage, name), tags: stage.tags });
  }
  cast.value = started;
  const ids = Object.values(started);
  return { first: ids[0] ?? '', processes: ids.length, output: '' };
}

async function reload(unit: Unit, { signer }: Identity, source: string, process: string): Promise<Started> {
  const together = Object.values(cast.value);
  const ids = together.includes(process) ? together : [process];
  let output = '';
  for (const [done, id] of ids.entries()) {
    running.value = { state: 'running', done, of: ids.length };
    const printed = await unit.evaluate(id, source, { signer });
    if (id === process) output = printed;
  }
  return { first: process, processes: ids.length, output };
}
