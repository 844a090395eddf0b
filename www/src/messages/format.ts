import type { Entry } from '../unit/entry.ts';

const GAS = new Intl.NumberFormat('en');
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

/** A number for a person. */
export function count(number: number): string {
  return GAS.format(number);
}

/** The time of day; with the date, if that is not today. `time` is in milliseconds since 1970. */
export function timeOf(time: number): string {
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  return (isToday ? TIME : DAY).format(time);
}

/** The time to the millisecond, wherever one is. */
export function exactTime(time: number): string {
  return new Date(time).toISOString().replace('T', ' ').replace('Z', ' UTC');
}

const SIGNS = { assigned: '…', evaluated: '✓', failed: '✗' };

/** How it stands with a message: a sign, and a word beside it. */
export function statusOf({ status, cron }: Pick<Entry, 'status' | 'cron'>): { readonly sign: string; readonly word: string; readonly tone: string } {
  const word = cron === undefined ? status : status === 'failed' ? 'cron failed' : 'cron';
  const sign = cron !== undefined && status !== 'failed' ? '↻' : SIGNS[status];
  return { sign, word, tone: { assigned: 'quiet', evaluated: 'good', failed: 'bad' }[status] };
}
