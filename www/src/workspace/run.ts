import { signal } from '@preact/signals';
import { refresh, selected } from '../unit/processes.ts';
import { open } from '../unit/session.ts';
import { signing } from '../unit/signing.ts';
import { bundle } from './bundle.ts';
import { files } from './files.ts';

/** What the last press of Run came to. */
export type RunState =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly since: number }
  | { readonly state: 'done'; readonly process: string; readonly reloaded: boolean; readonly output: string; readonly milliseconds: number }
  | { readonly state: 'failed'; readonly error: unknown };

export const running = signal<RunState>({ state: 'idle' });

/**
 * Runs the files: in the selected process, if `process` names one, which keeps its state; in a new one otherwise, which
 * is selected then.
 */
export async function run({ process, name }: { process?: string | undefined; name?: string | undefined } = {}): Promise<void> {
  const since = performance.now();
  running.value = { state: 'running', since };
  try {
    const [unit, { signer }] = await Promise.all([open(), signing()]);
    const source = bundle(files.value);
    const output = process ? await unit.evaluate(process, source, { signer }) : '';
    const id = process ?? (await unit.deploy({ source, signer, name }));
    await refresh(unit);
    selected.value = id;
    running.value = { state: 'done', process: id, reloaded: process !== undefined, output, milliseconds: performance.now() - since };
  } catch (error) {
    running.value = { state: 'failed', error };
  }
}
