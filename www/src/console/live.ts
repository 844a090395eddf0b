import { effect } from '@preact/signals';
import type { Unit } from 'ao-unit/unit';
import { shownPanel } from '../app/panels-shown.ts';
import { selected } from '../unit/processes.ts';
import { unit } from '../unit/session.ts';
import { own, showOutcome } from './evaluation.ts';
import { show } from './transcript.ts';

/** What handlers print is looked at so often, in milliseconds, and so many outcomes at a time. */
const PACE_MS = 150;
const MOST = 40;

/** Shows what the selected process prints at messages of others, as they are evaluated, for as long as the page is there. */
export function followOutput(): void {
  effect(() => {
    const opened = unit.value;
    const process = selected.value;
    if (opened && process) return follow(opened, process);
    return undefined;
  });
}

function follow(opened: Unit, process: string): () => void {
  let arrived: string[] = [];
  let skipped = 0;
  let due: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const look = async () => {
    const messages = arrived.filter((message) => !own.delete(message));
    const missed = skipped;
    arrived = [];
    skipped = 0;
    if (missed > 0) show({ kind: 'note', text: `… ${missed.toLocaleString('en')} messages more: the view Messages has them all` });
    const outcomes = await Promise.all(messages.map((message) => opened.result({ process, message })));
    if (isOver) return;
    for (const outcome of outcomes) {
      // What was evaluated as Lua, such as by Run, is shown where that was asked for.
      if (outcome.Error !== undefined || outcome.Output.print) showOutcome(outcome);
    }
  };
  const plan = () => {
    if (due !== undefined || arrived.length === 0 || shownPanel.value !== 'console') return;
    due = setTimeout(() => {
      void look()
        .catch(() => undefined)
        .finally(() => {
          due = undefined;
          if (!isOver) plan();
        });
    }, PACE_MS);
  };
  const end = opened.on('evaluated', (event) => {
    if (event.process !== process || event.cron) return;
    arrived.push(event.message);
    if (arrived.length > MOST) {
      arrived.shift();
      skipped += 1;
    }
    plan();
  });
  // While another view is shown, nobody reads it: the last of it is shown when they come back.
  const endPlans = effect(plan);
  return () => {
    isOver = true;
    clearTimeout(due);
    endPlans();
    end();
  };
}
