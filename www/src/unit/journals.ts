import { effect, signal } from '@preact/signals';
import type { Unit, UnitEvent } from 'ao-unit/unit';
import { Journal } from './journal.ts';
import { processes } from './processes.ts';
import { unit } from './session.ts';

/** The journals that somebody has asked for, by process. */
export const journals = signal<ReadonlyMap<string, Journal>>(new Map());

/** What is told in so many milliseconds is taken in at once. */
const PACE_MS = 100;

/** The journal of a process of the unit; `undefined` until the unit is open. It is kept up from then on. */
export function journalOf(process: string): Journal | undefined {
  const opened = unit.value;
  return opened && (journals.peek().get(process) ?? begun(opened, process));
}

function begun(opened: Unit, process: string): Journal {
  const journal = new Journal(opened, process);
  journals.value = new Map(journals.peek()).set(process, journal);
  const summary = processes.peek().find(({ id }) => id === process);
  // One turn later: who asks may be rendering.
  if (summary) queueMicrotask(() => journal.note(summary));
  return journal;
}

effect(() => {
  const opened = unit.value;
  journals.value = new Map();
  if (!opened) return;
  let due: ReturnType<typeof setTimeout> | undefined;
  let told = new Map<string, UnitEvent<'evaluated'>[]>();
  const end = opened.on('evaluated', (event) => {
    if (!journals.peek().has(event.process)) return;
    const events = told.get(event.process);
    if (events) events.push(event);
    else told.set(event.process, [event]);
    due ??= setTimeout(() => {
      due = undefined;
      const all = told;
      told = new Map();
      for (const [process, events] of all) journals.peek().get(process)?.tell(events);
    }, PACE_MS);
  });
  return () => {
    clearTimeout(due);
    end();
  };
});

effect(() => {
  const listed = new Map(processes.value.map((summary) => [summary.id, summary]));
  const present = journals.peek();
  for (const [process, journal] of present) {
    const summary = listed.get(process);
    if (summary) journal.note(summary);
  }
  if (listed.size > 0 && [...present.keys()].some((id) => !listed.has(id))) {
    journals.value = new Map([...present].filter(([id]) => listed.has(id)));
  }
});
