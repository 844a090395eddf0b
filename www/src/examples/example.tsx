import { messageOf } from '../app/message-of.ts';
import { whois } from '../unit/people.ts';
import { processes } from '../unit/processes.ts';
import { cast, staging } from '../workspace/stage.ts';
import { example, type Step } from './examples.ts';
import { play, played, type StepState } from './play.ts';
import { Plot } from './plot.tsx';

/** The example that is in the editor: what it is, and what to send to it. */
export function ExamplePanel() {
  const chosen = example.value;
  if (!chosen) return <p class="quiet">This code is not one of the examples. Choose an example above to see it with its messages.</p>;
  const ready = staging.value.cast.every((name) => processes.value.some(({ id }) => id === cast.value[name]));
  return (
    <div class="example">
      <h2>{chosen.title}</h2>
      <p>{chosen.description}</p>
      {!ready && <p class="quiet">Press Run to start it. Then send it the messages below, one after the other.</p>}
      <Steps steps={chosen.steps} ready={ready} />
      {chosen.plot && <Plot title={chosen.plot.title} lua={chosen.plot.lua} />}
    </div>
  );
}

function Steps({ steps, ready }: { steps: readonly Step[]; ready: boolean }) {
  const busy = [...played.value.values()].some(({ state }) => state === 'sending');
  const all = async () => {
    for (const [place, step] of steps.entries()) {
      await play(place, step);
      if (played.value.get(place)?.state === 'failed') return;
    }
  };
  return (
    <>
      <ol class="steps" aria-label="Messages of the example">
        {steps.map((step, place) => (
          <li key={place} aria-label={step.says}>
            <p>{step.says}</p>
            <div class="step-line">
              <button type="button" disabled={!ready || busy} aria-label={`Send: ${step.says}`} onClick={() => void play(place, step)}>
                {step.call === undefined ? 'Send' : 'Do it'}
              </button>
              <code class="quiet">{outline(step)}</code>
            </div>
            <Whole of={step} />
            <Result of={played.value.get(place)} />
          </li>
        ))}
      </ol>
      <button type="button" disabled={!ready || busy} onClick={() => void all()}>
        Send all
      </button>
    </>
  );
}

/** All that a step sends and looks at: a stranger may have written it. */
function Whole({ of: { data, expected } }: { of: Step }) {
  const reads = Object.entries(expected.reads ?? {}).flatMap(([name, values]) =>
    Object.entries(values).map(([lua, value]) => `${name}: ${lua} is ${JSON.stringify(value)}`),
  );
  if (data === undefined && reads.length === 0) return null;
  return (
    <details>
      <summary>{data === undefined ? 'What is checked afterwards' : 'Its data'}</summary>
      {data !== undefined && <pre tabIndex={0}>{typeof data === 'string' ? data : JSON.stringify(data, null, 2)}</pre>}
      {reads.length > 0 && <pre tabIndex={0}>{reads.join('\n')}</pre>}
    </details>
  );
}

/** Who sends what to whom, in a line. */
function outline({ from, to, tags, call }: Step): string {
  if (call !== undefined) return call;
  const { Action, ...rest } = tags ?? {};
  const more = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
  return [`${from ?? 'owner'}${to === undefined ? '' : ` → ${to}`}:`, Action, ...more].join(' ');
}

function Result({ of: step }: { of: StepState | undefined }) {
  if (!step) return null;
  if (step.state === 'sending') return <p class="quiet">Sending…</p>;
  if (step.state === 'failed') return <p class="bad">{messageOf(step.error)}</p>;
  return (
    <div class="step-result">
      {step.outcome && <pre>{summary(step.outcome)}</pre>}
      {step.difference === undefined ? <p class="good">✓ As the example says</p> : <p class="warn">{step.difference}</p>}
    </div>
  );
}

function summary({ Error: failure, Messages, Output }: NonNullable<Extract<StepState, { state: 'done' }>['outcome']>): string {
  const sent = Messages.map(({ Target, Data, Tags }) => `→ ${whois(Target)} ${dataOrAction(Data, Tags)}`);
  return [failure, Output.data, ...sent].filter(Boolean).join('\n') || 'It printed nothing and sent nothing.';
}

function dataOrAction(data: unknown, tags: readonly { name: string; value?: unknown }[]): string {
  if (typeof data === 'string' && data !== '') return data;
  return String(tags.find(({ name }) => name === 'Action')?.value ?? '');
}
