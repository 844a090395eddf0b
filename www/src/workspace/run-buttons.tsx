import { run, runAgain, running } from './run.ts';

/** Run, and what came of it. */
export function RunButtons() {
  const busy = running.value.state === 'running';
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
