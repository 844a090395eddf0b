import type { Tag } from '../types.js';

/** What {@link serializeCron} takes. */
export interface Cron {
  /** A number, a dash and a unit: `'10-minutes'`, `'1-hour'`, `'5-blocks'`. */
  interval: string;
  /** Tags of the messages that the process is sent. */
  tags?: Tag[] | undefined;
}

const UNITS = ['millisecond', 'second', 'minute', 'hour', 'day', 'month', 'year', 'block'];

/**
 * The tags with which a process is spawned that is to be sent messages by the clock.
 *
 * @throws an `Error` with the `code` `ARGUMENT_INVALID`, at once, for an interval or a tag that is none.
 *
 * @example
 * ```ts
 * const tags = serializeCron({ interval: '5-minutes', tags: [{ name: 'Action', value: 'Tick' }] });
 * ```
 */
export function serializeCron(cron: Cron): Tag[] {
  if (cron === undefined || cron === null) {
    throw refused(`Cannot read properties of ${cron} (reading 'interval')`, TypeError);
  }
  const { interval, tags = [] } = cron;
  const named = [{ name: 'Cron-Interval', value: intervalOf(interval) }];
  if (!Array.isArray(tags)) throw invalid('tag structure');
  return named.concat(tags.map(tagOf));
}

function intervalOf(interval: unknown): string {
  const [value, unit] = typeof interval === 'string' ? interval.split('-').map((part) => part.trim()) : [];
  if (!value || !unit) throw invalid('interval');
  const number = parseInt(value);
  if (!(number > 0)) throw invalid('interval value');
  // One of a thing, or several things.
  if (!UNITS.map((name) => (number === 1 ? name : `${name}s`)).includes(unit)) throw invalid('interval type');
  return `${value}-${unit}`;
}

function tagOf(tag: Tag): Tag {
  const { name, value } = Object(tag) as Partial<Tag>;
  if (!name || !value) throw invalid('tag structure');
  if (typeof name !== 'string' || typeof value !== 'string') throw invalid('interval tag types');
  return { name: `Cron-Tag-${name}`, value };
}

function invalid(what: string): Error {
  return refused(`Encountered Error serializing cron: invalid ${what}`);
}

function refused(message: string, kind = Error): Error {
  return Object.assign(new kind(message), { code: 'ARGUMENT_INVALID' });
}
