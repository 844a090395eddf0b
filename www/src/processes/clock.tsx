import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ProcessSummary } from 'ao-unit/unit';
import { nameOf, processes, refresh } from '../unit/processes.ts';
import { open, unit } from '../unit/session.ts';
import { WorkStatus } from './work-status.tsx';
import { doing } from './work.ts';

/** How far the unit's clock is ahead of this computer's, in milliseconds. */
const ahead = signal(0);
/** The computer's time, second by second while it is looked at. */
const now = signal(Date.now());

const SECOND = 1000;
const STEPS = [
  { title: '1 minute', milliseconds: 60 * SECOND },
  { title: '1 hour', milliseconds: 3600 * SECOND },
  { title: '1 day', milliseconds: 24 * 3600 * SECOND },
  { title: '30 days', milliseconds: 30 * 24 * 3600 * SECOND },
];

/** The unit's clock, which can be advanced, and what the crons of processes wait for. */
export function ClockView() {
  useEffect(() => {
    void look();
    const timer = setInterval(() => {
      now.value = Date.now();
    }, SECOND);
    return () => clearInterval(timer);
  }, [unit.value]);
  const time = now.value + ahead.value;
  const withCron = processes.value.filter(({ cron }) => cron !== null);
  return (
    <>
      <p>
        It is <time dateTime={new Date(time).toISOString()}>{new Date(time).toLocaleString('en')}</time> in the unit
        {ahead.value > SECOND && `, ${duration(ahead.value)} ahead of this computer`}.
      </p>
      <div class="process-actions" role="group" aria-label="Let time pass">
        {STEPS.map(({ title, milliseconds }) => (
          <button key={title} type="button" onClick={() => void pass(title, milliseconds)}>
            + {title}
          </button>
        ))}
      </div>
      <p class="quiet">The clock does not go back. What a process sees of time is the time of its messages.</p>
      <WorkStatus />
      <h3>Cron</h3>
      {withCron.length === 0 && <p class="quiet">No process here has a cron. The example “Cron counter” has one.</p>}
      <ul class="processes" aria-label="Processes with a cron">
        {withCron.map((one) => (
          <CronRow key={one.id} process={one} time={time} />
        ))}
      </ul>
    </>
  );
}

function CronRow({ process: { id, cron }, time }: { process: ProcessSummary; time: number }) {
  if (!cron) return null;
  const name = nameOf(id);
  const wait = cron.next === null ? undefined : cron.next - time;
  return (
    <li aria-label={name}>
      <strong>{name}</strong>
      <p>
        {cron.next === null && 'It is never due.'}
        {cron.next !== null &&
          `Due ${wait !== undefined && wait > 0 ? `in ${duration(wait)}` : 'now'}, at ${new Date(cron.next).toLocaleTimeString('en')}.`}
        {!cron.monitored && ' It is not monitored: its ticks come with its next message.'}
      </p>
      {cron.passedOver > 0 && <p class="warn">{cron.passedOver.toLocaleString('en')} ticks were left out: too many were due at once.</p>}
      {cron.never.length > 0 && <p class="warn">These intervals are not valid, and never tick: {cron.never.join(', ')}</p>}
      <button type="button" onClick={() => void monitor(id, !cron.monitored)}>
        {cron.monitored ? `Stop monitoring ${name}` : `Monitor ${name}`}
      </button>
    </li>
  );
}

async function look(): Promise<void> {
  if (!unit.value) return;
  ahead.value = (await unit.value.clock()).timestamp - Date.now();
  await refresh();
}

function pass(title: string, milliseconds: number): Promise<boolean> {
  return doing(`Letting ${title} pass`, async () => {
    const { timestamp } = await (await open()).advanceClock(milliseconds);
    ahead.value = timestamp - Date.now();
    await refresh();
    return `${title} passed.`;
  });
}

function monitor(id: string, on: boolean): Promise<boolean> {
  return doing(on ? `Monitoring ${nameOf(id)}` : `Stopping the ticks of ${nameOf(id)}`, async () => {
    const opened = await open();
    await (on ? opened.monitor(id) : opened.unmonitor(id));
    await refresh(opened);
    return on ? `${nameOf(id)} ticks by itself.` : `${nameOf(id)} ticks no longer by itself.`;
  });
}

/** A length of time, in its two largest units. */
function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / SECOND));
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts.slice(first < 0 ? 3 : first).slice(0, 2).filter(([count], at) => count > 0 || at === 0).map(([count, name]) => `${count} ${name}`).join(' ');
}
