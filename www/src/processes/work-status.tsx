import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { work, type Work } from './work.ts';

/** What is being done, for everyone to hear; and how to wait no longer. */
export function WorkStatus() {
  const now = work.value;
  return (
    <div class="work">
      <p role="status" aria-label="Work" class={now?.state === 'failed' ? 'bad' : 'quiet'}>
        {now?.says}
        {now?.about !== undefined && ` ${now.about}`}
      </p>
      {now?.state === 'working' && <Waiting key={now.says} {...now} />}
    </div>
  );
}

/** Nobody waits no longer before this, in milliseconds: most of it is done by then. */
const PATIENCE_MS = 400;
const SECOND = 1000;

function Waiting({ says, stop }: Work) {
  const elapsed = useSignal(0);
  useEffect(() => {
    const since = performance.now();
    const look = () => {
      elapsed.value = performance.now() - since;
    };
    const first = setTimeout(look, PATIENCE_MS);
    const timer = setInterval(look, SECOND);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, []);
  return (
    <div class="process-actions">
      <progress aria-label={says} />
      {elapsed.value > 0 && (
        <>
          <span class="quiet">{Math.floor(elapsed.value / SECOND)} s</span>
          <button type="button" onClick={stop}>
            Stop waiting
          </button>
        </>
      )}
    </div>
  );
}
