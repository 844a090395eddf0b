import { useSignal } from '@preact/signals';
import { withoutColours } from '../app/colours.ts';
import { bundle } from '../workspace/bundle.ts';
import { files } from '../workspace/files.ts';
import { lastRun } from '../workspace/last-run.ts';
import { lineNow, problemOf, type Problem } from '../workspace/place.ts';
import { addProblem, reveal } from '../workspace/problems.ts';

interface FailureProps {
  readonly error: string;
  /** The process that failed, if it is one that keeps what it was sent. */
  readonly process?: string | undefined;
  /** What the message carried. */
  readonly data?: string | undefined;
}

/** Why a message failed, and the way to the line, if that is of the files in the editor. */
export function Failure({ error, process, data }: FailureProps) {
  const said = useSignal('');
  const problem = placeOf(error, process, data);
  const show = (found: Problem) => {
    const line = lineNow(found, files.value.find(({ name }) => name === found.file)?.text ?? '');
    said.value = line === undefined ? 'That line is not in the editor any more.' : '';
    if (line === undefined) return;
    addProblem(found);
    reveal(found.file, line);
  };
  return (
    <>
      <h4>Error</h4>
      {problem && (
        <p class="failure-place">
          <button type="button" class="small" onClick={() => show(problem)}>
            {problem.file}, line {problem.line}
          </button>{' '}
          <span class="bad">{problem.message}</span> <span role="status">{said.value}</span>
        </p>
      )}
      <pre role="group" class="bad" tabIndex={0} aria-label="Error">
        {withoutColours(error)}
      </pre>
    </>
  );
}

function placeOf(error: string, process: string | undefined, data: string | undefined): Problem | undefined {
  if (data !== undefined && data === bundle(files.value)) return problemOf(error, files.value, 'run');
  const { processes, files: given } = lastRun.value;
  return process !== undefined && processes.includes(process) ? problemOf(error, given, 'handler') : undefined;
}
