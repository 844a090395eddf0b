import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { messageOf } from '../app/message-of.ts';
import { unit } from '../unit/session.ts';
import type { Handler, Look } from './look.ts';
import { Log } from './log-model.ts';
import { Why } from './why.tsx';

interface HandlersProps {
  readonly look: Look;
  readonly log: Log;
}

/** The handlers in their order: what each takes, where it is, how many messages of the log it takes, and why. */
export function Handlers({ look, log }: HandlersProps) {
  const handlers = useSignal<readonly Handler[]>([]);
  const counts = useSignal<Counts | undefined>(undefined);
  const problem = useSignal<unknown>(undefined);
  // A pattern that is a function may be told by what new messages say.
  const known = log.messages.value.length && log.texts().length;
  useEffect(() => {
    let isOver = false;
    look.handlers(log.texts()).then(
      (found) => isOver || ((handlers.value = inTurn(found)), (problem.value = undefined)),
      (error: unknown) => isOver || (problem.value = error),
    );
    return () => {
      isOver = true;
    };
  }, [look, known]);
  useEffect(() => {
    counts.value = undefined;
  }, [look]);

  const count = async () => {
    counts.value = { done: 0, byName: new Map() };
    try {
      await countInto(look, log, (state) => (counts.value = state));
    } catch (error) {
      problem.value = error;
      counts.value = undefined;
    }
  };
  const counted = counts.value;
  const isCounting = counted !== undefined && counted.done < log.upTo(look.nonce).length;
  return (
    <section aria-label="Handlers" class="handlers">
      <h3>Handlers</h3>
      {problem.value !== undefined && (
        <p role="alert" class="bad">
          {messageOf(problem.value)}
        </p>
      )}
      <div class="scrolled" role="region" aria-label="List of handlers" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Takes</th>
              <th scope="col">Function</th>
              <th scope="col">Runs left</th>
              {counted && <th scope="col">Matches</th>}
            </tr>
          </thead>
          <tbody>
            {handlers.value.map(({ name, isRuntimes, pattern, lines, runsLeft }) => (
              <tr key={name} class={isRuntimes ? 'quiet' : undefined}>
                <th scope="row">{name}</th>
                <td>{isRuntimes ? RUNTIMES[name] : pattern}</td>
                <td>{lines}</td>
                <td>{runsLeft || 'any'}</td>
                {counted && <td>{counted.byName.get(name) ?? 0}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="handlers-count">
        <button type="button" disabled={isCounting || !unit.value} onClick={() => void count()}>
          Count matches
        </button>
        <p role="status" class="quiet">
          {!counted && 'Tries the patterns, as they are in this state, on the messages of the log.'}
          {counted && isCounting && `${counted.done} of ${log.upTo(look.nonce).length} messages tried…`}
          {counted && !isCounting && `Matches: how many of the ${counted.done} messages up to here each handler takes, by its pattern in this state, in this order. The runtime keeps no count of runs: other patterns may have been there when a message came, and ticks of a cron are not in the log.`}
        </p>
      </div>
      <Why look={look} log={log} />
    </section>
  );
}

/** In the order in which they are asked: the default comes last, wherever it stands. */
function inTurn(handlers: readonly Handler[]): Handler[] {
  const isLast = ({ name }: Handler) => name === '_default';
  return [...handlers.filter((handler) => !isLast(handler)), ...handlers.filter(isLast)];
}

interface Counts {
  readonly done: number;
  readonly byName: ReadonlyMap<string, number>;
}

/** So many messages are tried at once: the unit does other things in between. */
const AT_ONCE = 50;

async function countInto(look: Look, log: Log, tell: (counts: Counts) => void): Promise<void> {
  const messages = log.upTo(look.nonce);
  const byName = new Map<string, number>();
  for (let done = 0; done < messages.length; done += AT_ONCE) {
    const some = messages.slice(done, done + AT_ONCE);
    for (const [name, count] of await look.counts(some)) byName.set(name, (byName.get(name) ?? 0) + count);
    tell({ done: done + some.length, byName: new Map(byName) });
  }
}

const RUNTIMES: Readonly<Record<string, string>> = {
  _eval: 'Action = "Eval" from the owner (the runtime’s own)',
  _boot: 'the message that made the process (the runtime’s own)',
  _default: 'what no other takes: to the inbox (the runtime’s own)',
};
