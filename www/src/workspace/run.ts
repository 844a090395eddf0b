import { batch, signal } from '@preact/signals';
import { ProcessFailure, type DeployOptions, type Outcome, type OutboxMessage, type Unit } from 'ao-unit/unit';
import { processes, refresh, selected } from '../unit/processes.ts';
import { withoutColours } from '../app/colours.ts';
import { evaluateIn } from '../unit/evaluate.ts';
import { open } from '../unit/session.ts';
import { signing, type Identity } from '../unit/signing.ts';
import { bundle } from './bundle.ts';
import { files, type SourceFile } from './files.ts';
import { hasRun, lastRun } from './last-run.ts';
import { problemOf, type Problem } from './place.ts';
import { problems } from './problems.ts';
import { rememberSentByRun } from './sent-by-run.ts';
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
      /** Whether nothing was ever run here before. */
      readonly isFirst: boolean;
      /** What the first of them printed, with terminal colours. */
      readonly output: string;
      /** What the first of them sent. */
      readonly sent: readonly OutboxMessage[];
      readonly milliseconds: number;
    }
  | {
      readonly state: 'failed';
      readonly error: unknown;
      /** Where in the files it failed, if that is known. */
      readonly problem?: Problem | undefined;
      /** What the process said of it, and printed before, with terminal colours. */
      readonly said?: string | undefined;
    };

export const running = signal<RunState>({ state: 'idle' });

/** Runs the files where they ran before: in the selected process, or in a new one if there is none. */
export function runAgain(): Promise<void> {
  return run({ process: selected.peek() ?? undefined });
}

/**
 * Runs the files: in `process`, which keeps its state, and in all that were started with it; in new processes, if none
 * is named, or if it is gone. The first of them is selected then.
 */
export async function run({ process }: { process?: string | undefined } = {}): Promise<void> {
  if (running.peek().state === 'running') return;
  const since = performance.now();
  const given = files.value;
  batch(() => {
    running.value = { state: 'running', done: 0, of: 1 };
    problems.value = [];
  });
  try {
    const [unit, identity] = await Promise.all([open(), signing()]);
    const source = bundle(given);
    if (process !== undefined) await refresh(unit);
    const isThere = processes.peek().some(({ id }) => id === process);
    const started = process && isThere ? await reload(unit, identity, source, process) : await start(unit, identity, source);
    const { first, outcome } = started;
    lastRun.value = { processes: started.processes, files: given };
    await refresh(unit);
    batch(() => {
      selected.value = first;
      running.value = {
        state: 'done',
        process: first,
        processes: started.processes.length,
        reloaded: process === first,
        isFirst: !hasRun.peek(),
        output: String(outcome?.Output.data ?? ''),
        sent: outcome?.Messages ?? [],
        milliseconds: performance.now() - since,
      };
      hasRun.value = true;
    });
  } catch (error) {
    failed(error, given);
  }
}

/** A process that was there before failed at the new code, and keeps the old. */
class ReloadFailure extends Error {
  /** @param failure - the `Error` of the outcome. */
  constructor(readonly failure: string) {
    super(withoutColours(failure));
  }
}

/** Says what went wrong, and where. */
function failed(error: unknown, given: readonly SourceFile[]): void {
  const failure = error instanceof ProcessFailure ? error.outcome.Error : error instanceof ReloadFailure ? error.failure : undefined;
  const problem = failure === undefined ? undefined : problemOf(failure, given, 'run');
  batch(() => {
    running.value = { state: 'failed', error, problem, said: failure };
    problems.value = problem ? [problem] : [];
  });
}

interface Started {
  readonly first: string;
  readonly processes: readonly string[];
  /** That of the first. */
  readonly outcome: Outcome | undefined;
}

async function start(unit: Unit, { signer }: Identity, source: string): Promise<Started> {
  const stage = staging.value;
  const started: Record<string, string> = {};
  for (const name of stage.cast) {
    running.value = { state: 'running', done: Object.keys(started).length, of: stage.cast.length };
    started[name] = await begun(unit, { source, signer, name: processName(stage, name), tags: stage.tags });
  }
  cast.value = started;
  const ids = Object.values(started);
  const [first = ''] = ids;
  return { first, processes: ids, outcome: await unit.result({ process: first, message: first }) };
}

/** A process that could not begin is of no use to anybody: it goes, and the error stays. */
async function begun(unit: Unit, options: DeployOptions): Promise<string> {
  try {
    return await unit.deploy(options);
  } catch (error) {
    if (error instanceof ProcessFailure) await unit.deleteProcess(error.process).catch(() => undefined);
    throw error;
  }
}

async function reload(unit: Unit, identity: Identity, source: string, process: string): Promise<Started> {
  const together = Object.values(cast.value);
  const ids = together.includes(process) ? together : [process];
  let first: Outcome | undefined;
  for (const [done, id] of ids.entries()) {
    running.value = { state: 'running', done, of: ids.length };
    const outcome = await evaluateIn(unit, id, source, identity, rememberSentByRun);
    if (outcome.Error !== undefined) throw new ReloadFailure(outcome.Error);
    if (id === process) first = outcome;
  }
  // A process of another origin that runs this code now is what its messages are for.
  const [name, ...others] = staging.value.cast;
  if (name !== undefined && others.length === 0) cast.value = { [name]: process };
  return { first: process, processes: ids, outcome: first };
}
