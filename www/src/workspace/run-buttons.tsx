import { useEffect } from 'preact/hooks';
import { run, runAgain, running } from './run.ts';

/** Run, and what came of it. */
export function RunButtons() {
  const busy = running.value.state === 'running';
  useEffect(() => {
    addEventListener('keydown', keyed);
    return () => removeEventListener('keydown', keyed);
  }, []);
  return (
    <div class="run">
      <button type="button" class="primary" aria-keyshortcuts="Control+Enter Meta+Enter" disabled={busy} onClick={() => void runAgain()}>
        Run
      </button>
      <button type="button" disabled={busy} onClick={() => void run()}>
        Run in a new process
      </button>
    </div>
  );
}

/** Ctrl-Enter runs wherever the focus is, but in a field, where it may say something else. */
function keyed(event: KeyboardEvent): void {
  const isInField = event.target instanceof Element && event.target.matches('input, textarea, select, [contenteditable]');
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented || isInField) return;
  event.preventDefault();
  void runAgain();
}
