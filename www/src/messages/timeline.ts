import { computed, effect, signal } from '@preact/signals';
import { kept } from '../app/kept.ts';
import type { Entry } from '../unit/entry.ts';
import type { Journal } from '../unit/journal.ts';
import { journalOf, journals } from '../unit/journals.ts';
import { whois } from '../unit/people.ts';
import { processes, selected } from '../unit/processes.ts';
import { unit } from '../unit/session.ts';

/** Whether the timeline is of the selected process, or of all. */
export const scope = kept<'selected' | 'all'>('messages-of', 'selected');

/** Words that the lines of the timeline have in them. */
export const filter = signal('');

/** So many messages are read by themselves; more when they are asked for. */
const BOUND = 20_000;
const bound = signal(BOUND);

/** A text is equal where a new list would not be. */
const ids = computed(() => (scope.value === 'all' ? processes.value.map(({ id }) => id).join(' ') : (selected.value ?? '')));

const shown = computed(() => ids.value.split(' ').flatMap((id) => journals.value.get(id) ?? []));

/** All that was read, the newest first. */
const read = computed((): readonly Entry[] => {
  const each = shown.value;
  if (each.length === 1) return each[0]!.entries.value;
  // What is older than the end of one that goes on may have something between.
  const since = Math.max(...each.map(({ left, entries }) => (left.value > 0 ? (entries.value.at(-1)?.time ?? 0) : 0)), 0);
  const all = each.flatMap(({ entries }) => entries.value.filter(({ time }) => time >= since));
  return all.sort((a, b) => b.time - a.time);
});

/** What the timeline shows. */
export const entries = computed(() => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return read.value;
  return read.value.filter((entry) => {
    const text = `${whois(entry.process)} ${whois(entry.from)} ${entry.action} ${entry.status} ${entry.cron ?? ''} ${entry.id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
});

/** How far the logs have been read. */
export const progress = computed(() => {
  const left = shown.value.reduce((sum, journal) => sum + journal.left.value, 0);
  const done = read.value.length;
  return { done, left, isReading: left > 0 && done < bound.value };
});

/** Reads on behind what was read by itself. */
export function readMore(): void {
  bound.value = progress.peek().done + BOUND;
}

/** Reads the logs, and keeps up with them, until what it answers is called. */
export function follow(): () => void {
  const isBusy = signal(false);
  const stuck = new Set<Journal>();
  const begins = effect(() => {
    // A process that is new is not in the unit's list at once.
    if (unit.value) for (const id of ids.value.split(' ')) if (id) journalOf(id);
  });
  const fills = effect(() => {
    if (isBusy.value || !progress.value.isReading) return;
    const open = shown.value.filter((journal) => journal.left.value > 0 && journal.entries.value.length > 0 && !stuck.has(journal));
    const next = open.reduce<Journal | undefined>((one, other) => (one && endOf(one) >= endOf(other) ? one : other), undefined);
    if (!next) return;
    isBusy.value = true;
    void next.older().then((found) => {
      if (!found) stuck.add(next);
      // The page has its turn between two pages of a log.
      setTimeout(() => (isBusy.value = false));
    });
  });
  return () => {
    begins();
    fills();
  };
}

function endOf({ entries }: Journal): number {
  return entries.peek().at(-1)?.time ?? 0;
}
