import { messageOf } from '../app/message-of.ts';
import { nameOf } from '../unit/processes.ts';
import { running, type RunState } from './run.ts';

/** One line on what the last press of Run came to. Text reaches it as text: a process may print anything. */
export function RunStatus() {
  const now = running.value;
  return (
    <p role="status" aria-label="Run" class={now.state === 'failed' ? 'run-status bad' : 'run-status'}>
      {now.state === 'idle' && 'Press Run: the process starts in this tab, without a server.'}
      {now.state === 'running' && (now.of > 1 ? `Running ${now.done + 1} of ${now.of}…` : 'Running…')}
      {now.state === 'done' &&
        `${now.reloaded ? 'Loaded into' : 'Started'} ${whom(now)} in ${Math.round(now.milliseconds)} ms${now.output && `: ${now.output}`}`}
      {now.state === 'failed' && messageOf(now.error)}
    </p>
  );
}

function whom({ process, processes }: Extract<RunState, { state: 'done' }>): string {
  return processes > 1 ? `${nameOf(process)} and ${processes - 1} more` : nameOf(process);
}
