import { useSignalEffect } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { messageOf } from '../app/message-of.ts';
import { process } from '../unit/processes.ts';
import { unit } from '../unit/session.ts';
import { Live } from './live.ts';
import { useLog, useSeen } from './following.ts';
import { StateView } from './state-view.tsx';

/** The state of the selected process, as it is now. */
export function StatePanel() {
  const live = useMemo(() => new Live(), []);
  const seen = useSeen();
  const log = useLog();
  useSignalEffect(() => {
    const opened = unit.value;
    if (!seen.value || !opened) return;
    const summary = process.peek();
    if (summary) void live.show(opened, summary);
    return () => live.stop();
  });
  const present = live.present.value;
  if (!process.value) return <p class="quiet">Press Run: the state of the process is shown here.</p>;
  if (present?.look.process !== process.value.id) return <p class="quiet">Reading the state…</p>;
  return (
    <>
      {live.problem.value !== undefined && (
        <p role="alert" class="bad">
          {messageOf(live.problem.value)}
        </p>
      )}
      <StateView {...present} log={log} />
    </>
  );
}
