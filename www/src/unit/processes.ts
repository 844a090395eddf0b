import { computed, effect, signal } from '@preact/signals';
import type { ProcessSummary, Unit } from 'ao-unit/unit';
import { kept } from '../app/kept.ts';
import { unit } from './session.ts';

/** The processes of the unit, as they were at the last look. */
export const processes = signal<readonly ProcessSummary[]>([]);

/** The id of the process that every panel is about. It outlives a reload. */
export const selected = kept<string | null>('selected', null);

/** The process that every panel is about, or `undefined` if there is none. */
export const process = computed(() => processes.value.find(({ id }) => id === selected.value));

/** What the reader calls processes, by their ids: a `Name` is given once and for all, this is not. */
export const aliases = kept<Readonly<Record<string, string>>>('aliases', {}, {});

/** What a person calls a process: what the reader calls it, its name, or the beginning of its id. */
export function nameOf(id: string): string {
  return aliases.value[id] ?? processes.value.find((known) => known.id === id)?.name ?? `${id.slice(0, 8)}…`;
}

/** Calls a process something else; by nothing, what it calls itself. */
export function rename(id: string, name: string): void {
  const { [id]: _before, ...others } = aliases.value;
  aliases.value = name.trim() === '' ? others : { ...others, [id]: name.trim() };
}

/** Looks again, now. */
export async function refresh(from: Unit | undefined = unit.value): Promise<void> {
  if (from) processes.value = await from.processes();
}

/** A crowd of events is one look: lists are read at most so often, in milliseconds. */
const PACE_MS = 150;

effect(() => {
  const opened = unit.value;
  if (!opened) return;
  let due: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    due ??= setTimeout(() => {
      due = undefined;
      // A unit that closes meanwhile has nothing more to tell.
      void refresh(opened).catch(() => undefined);
    }, PACE_MS);
  };
  look();
  const ends = (['assigned', 'evaluated', 'outbound', 'paused', 'removed', 'resumed'] as const).map((type) => opened.on(type, look));
  return () => {
    clearTimeout(due);
    for (const end of ends) end();
  };
});
