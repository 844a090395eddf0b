import { effect } from '@preact/signals';
import type { Outcome, Unit } from 'ao-unit/unit';
import { shownPanel } from '../app/panels-shown.ts';
import { positionOf } from '../unit/cursor.ts';
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
    return opened && process ? follow(opened, process) : undefined;
  });
}

/** What was evaluated since the last look. */
class Arrived {
  /** Their ids, the last {@link MOST}. */
  readonly messages: string[] = [];
  /** Ticks of the cron have no id that anybody could ask for. */
  ticks = 0;
  skipped = 0;

  get isEmpty(): boolean {
    return this.messages.length === 0 && this.ticks === 0;
  }

  add(message: string): void {
    this.messages.push(message);
    if (this.messages.length <= MOST) return;
    this.messages.shift();
    this.skipped += 1;
  }
}

function follow(opened: Unit, process: string): () => void {
  let arrived = new Arrived();
  let due: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const look = async () => {
    const { messages, ticks, skipped } = arrived;
    arrived = new Arrived();
    if (skipped > 0) show({ kind: 'note', text: `… ${skipped.toLocaleString('en')} messages more: the view Messages has them all` });
    const others = messages.filter((message) => !own.delete(message));
    const outcomes = await Promise.all(others.map((message) => opened.result({ process, message })));
    if (ticks > 0) outcomes.push(...(await lastTicks(opened, process, ticks)));
    if (isOver) return;
    for (const outcome of outcomes) {
      // What was evaluated as Lua, such as by Run, is shown where that was asked for.
      if (outcome.Error !== undefined || outcome.Output.print) showOutcome(outcome);
    }
  };
  const plan = () => {
    // While another view is shown, nobody reads it: the last of it is shown when they come back.
    const isShown = shownPanel.value === 'console';
    if (!isShown || due !== undefined || arrived.isEmpty) return;
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
    if (event.process !== process) return;
    // The list of outcomes, which has those of ticks, has none that failed.
    if (!event.cron) arrived.add(event.message);
    else if (!event.failed) arrived.ticks += 1;
    plan();
  });
  const endPlans = effect(plan);
  return () => {
    isOver = true;
    clearTimeout(due);
    endPlans();
    end();
  };
}

/** What the last ticks of the cron came to, the oldest first. */
async function lastTicks(opened: Unit, process: string, count: number): Promise<Outcome[]> {
  const { edges } = await opened.results({ process, sort: 'DESC', limit: Math.min(count, MOST) });
  return edges.filter(({ cursor }) => positionOf(cursor).cron !== undefined).map(({ node }) => node).reverse();
}
