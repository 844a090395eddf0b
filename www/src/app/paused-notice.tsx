import { useSignal } from '@preact/signals';
import { nameOf } from '../unit/processes.ts';
import { paused, resumeAll } from '../unit/paused.ts';
import { messageOf } from './message-of.ts';

/** More processes than these are counted, not named. */
const MOST_NAMED = 3;

/** Says that processes wait, because too much followed from one message: nothing else would tell. */
export function PausedNotice() {
  const failure = useSignal<string | undefined>(undefined);
  if (paused.value.length === 0) return null;
  const ids = [...new Set(paused.value.flatMap(({ processes }) => processes))];
  const named = ids.slice(0, MOST_NAMED).map(nameOf).join(', ');
  const whom = ids.length > MOST_NAMED ? `${named} and ${ids.length - MOST_NAMED} more` : named;
  const goOn = () => {
    failure.value = undefined;
    void resumeAll().catch((error: unknown) => (failure.value = messageOf(error)));
  };
  return (
    <div role="status" class="notice warn">
      <p>
        Messages for {whom} are held back: very many followed from a single one, and may never end. {failure.value}
      </p>
      <button type="button" onClick={goOn}>
        Let them go on
      </button>
    </div>
  );
}
