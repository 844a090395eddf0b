import { useSignal, useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { messageOf } from '../app/message-of.ts';
import { useLog, useSeen } from '../state/following.ts';
import { lastNonce } from '../state/live.ts';
import { StateView } from '../state/state-view.tsx';
import { process, selected } from '../unit/processes.ts';
import { unit } from '../unit/session.ts';
import { Fork } from './fork.tsx';
import { momentAt } from './moments.ts';
import { Slider } from './slider.tsx';
import { Travel } from './travel.ts';

/** The selected process as it was after any of its messages, what differs between any two, and a way to go on from there. */
export function TimePanel() {
  const travel = useMemo(() => new Travel(), []);
  const log = useLog();
  const seen = useSeen();
  // Where the slider was put, and what it is compared with: the last message, and the one before, until told.
  const put = useSignal<{ readonly process: string; readonly nonce: number } | undefined>(undefined);
  const against = useSignal<number | undefined>(undefined);
  const placed = () => (put.value?.process === selected.value ? put.value?.nonce : undefined);

  useSignalEffect(() => {
    const opened = unit.value;
    const summary = seen.value ? process.peek() : undefined;
    if (!opened || !summary) return;
    const last = lastNonce(summary);
    const at = Math.min(placed() ?? last, last);
    const other = against.value === undefined ? at - 1 : Math.min(against.value, last);
    const moment = (nonce: number) => momentAt(log, nonce);
    // Names come with the log: those that it does not have yet are told by their numbers.
    void log.messages.value.length;
    void travel.show(opened, summary, moment(at), other >= 0 && other !== at ? moment(other) : undefined);
    return () => travel.stop();
  });

  const summary = process.value;
  if (!summary) return <p class="quiet">Press Run: the process can be seen here as it was after each of its messages.</p>;
  const last = lastNonce(summary);
  const at = momentAt(log, Math.min(placed() ?? last, last));
  const past = travel.past.value?.look.process === summary.id ? travel.past.value : undefined;
  return (
    <div class="time">
      <Slider at={at} last={last} onMove={(nonce) => (put.value = { process: summary.id, nonce })} />
      <div class="time-line">
        <label class="field">
          <span>Compare with message</span>
          <input
            type="number"
            min={0}
            max={last}
            placeholder={at.nonce > 0 ? `${at.nonce - 1}, the one before` : ''}
            value={against.value ?? ''}
            onInput={({ currentTarget }) => (against.value = Number.isNaN(currentTarget.valueAsNumber) ? undefined : Math.max(0, currentTarget.valueAsNumber))}
          />
        </label>
        <Fork process={summary.id} at={at} />
      </div>
      <p role="status" aria-label="Time" class="quiet">
        {travel.underWay.value !== undefined ? `Bringing back the state after message ${travel.underWay.value}…` : past && `The state after message ${past.look.nonce}.`}
        {summary.cron && ' Ticks of its cron come between messages, and are in the state after the message that follows them.'}
      </p>
      {travel.problem.value !== undefined && (
        <p role="alert" class="bad">
          {messageOf(travel.problem.value)}
        </p>
      )}
      {past && <StateView {...past} log={log} />}
    </div>
  );
}
