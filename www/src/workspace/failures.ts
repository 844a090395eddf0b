import { effect } from '@preact/signals';
import type { Unit } from 'ao-unit/unit';
import { unit } from '../unit/session.ts';
import { lastRun } from './last-run.ts';
import { problemOf } from './place.ts';
import { addProblem } from './problems.ts';
import { running } from './run.ts';

/** Failures are looked at so often, in milliseconds, and the last of each process alone. */
const PACE_MS = 250;

/** Marks in the editor where handlers fail, for as long as the page is there. */
export function watchFailures(): void {
  effect(() => {
    const opened = unit.value;
    if (!opened) return;
    const failed = new Map<string, string>();
    let due: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      due = undefined;
      // What a run sends itself may fail before the run is over.
      if (running.peek().state === 'running') {
        due = setTimeout(look, PACE_MS);
        return;
      }
      const own = [...failed].filter(([process]) => lastRun.peek().processes.includes(process));
      failed.clear();
      for (const [process, message] of own) void mark(opened, process, message).catch(() => undefined);
    };
    const end = opened.on('evaluated', ({ process, message, failed: isFailed }) => {
      if (!isFailed) return;
      failed.set(process, message);
      due ??= setTimeout(look, PACE_MS);
    });
    return () => {
      clearTimeout(due);
      end();
    };
  });
}

async function mark(opened: Unit, process: string, message: string): Promise<void> {
  const { Error: failure } = await opened.result({ process, message });
  const problem = failure === undefined ? undefined : problemOf(failure, lastRun.peek().files, 'handler');
  if (problem) addProblem(problem);
}
