import { messageOf } from '../app/message-of.ts';
import { TerminalText } from '../app/terminal-text.tsx';
import { embedded } from '../app/embedded.ts';
import { whois } from '../unit/people.ts';
import { nameOf } from '../unit/processes.ts';
import { hasRun } from './last-run.ts';
import { reveal } from './problems.ts';
import { running, type RunState } from './run.ts';

type Done = Extract<RunState, { state: 'done' }>;
type Failed = Extract<RunState, { state: 'failed' }>;

/** More than these are counted, not listed. */
const MOST_SENT = 3;

/** What the last press of Run came to. Text reaches it as text: a process may print anything. */
export function RunStatus() {
  const now = running.value;
  return (
    <div role="status" aria-label="Run" class="run-status">
      {now.state === 'idle' && <Idle />}
      {now.state === 'running' && (now.of > 1 ? `Running ${now.done + 1} of ${now.of}…` : 'Running…')}
      {now.state === 'done' && <Result {...now} />}
      {now.state === 'failed' && <Failure {...now} />}
    </div>
  );
}

/** Before the first Run of all, what ao is, and what Run does. */
function Idle() {
  return (
    <>
      <p>Press Run: the code starts as a process in this tab, without a server.</p>
      {!embedded && !hasRun.value && (
        <p class="quiet introduction">
          A process is a program that keeps its state and answers messages. ao is a network of them, and this page is a
          whole one, with nobody in it but you.
        </p>
      )}
    </>
  );
}

function Result({ process, processes, reloaded, isFirst, milliseconds, output, sent }: Done) {
  const whom = processes > 1 ? `${nameOf(process)} and ${processes - 1} more` : nameOf(process);
  const did = output === '' && sent.length === 0 ? '. It printed nothing and sent nothing' : '';
  return (
    <>
      <p class="good">{`${reloaded ? 'Loaded into' : 'Started'} ${whom} in ${Math.round(milliseconds)} ms${did}.`}</p>
      {output !== '' && (
        <pre role="group" tabIndex={0} aria-label="What it printed">
          <TerminalText text={output} />
        </pre>
      )}
      {sent.slice(0, MOST_SENT).map(({ Target, Tags }, index) => (
        <p key={index}>{`Sent ${String(Tags.find(({ name }) => name === 'Action')?.value ?? 'a message')} to ${whois(Target)}.`}</p>
      ))}
      {sent.length > MOST_SENT && <p>{`Sent ${sent.length - MOST_SENT} more: the view Messages lists them.`}</p>}
      {isFirst && !embedded && (
        <p class="quiet introduction">
          The process now waits for messages. Send it one in the view Example, and see what it answers; State shows what
          it remembers.
        </p>
      )}
    </>
  );
}

function Failure({ error, problem, said = '' }: Failed) {
  if (!problem) return <pre role="group" tabIndex={0} aria-label="Failure" class="bad">{messageOf(error)}</pre>;
  const { file, line, message } = problem;
  return (
    <>
      <p class="bad">
        Failed in{' '}
        <button type="button" class="link" onClick={() => reveal(file, line)}>
          {`${file}, line ${line}`}
        </button>
        {`: ${message}`}
      </p>
      <details>
        <summary>All that it said</summary>
        <pre role="group" tabIndex={0} aria-label="All that it said">
          <TerminalText text={said.trim()} />
        </pre>
      </details>
    </>
  );
}
