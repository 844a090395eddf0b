import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { messageOf } from '../app/message-of.ts';
import { whois } from '../unit/people.ts';
import type { InboxMessage, Look } from './look.ts';
import { TreeModel } from './tree-model.ts';
import { Tree } from './tree.tsx';

const PAGE = 20;

/** The messages that no handler took, the newest first. */
export function Inbox({ look }: { look: Look }) {
  const from = useSignal<number | undefined>(undefined);
  const opened = useSignal<number | undefined>(undefined);
  const page = useSignal<{ total: number; messages: readonly InboxMessage[] } | undefined>(undefined);
  const problem = useSignal<unknown>(undefined);
  useEffect(() => {
    let isOver = false;
    look.inbox(from.value, PAGE).then(
      (found) => isOver || ((page.value = found), (problem.value = undefined)),
      (error: unknown) => isOver || (problem.value = error),
    );
    return () => {
      isOver = true;
    };
  }, [look, from.value]);
  const { total = 0, messages = [] } = page.value ?? {};
  const last = messages.at(-1)?.number ?? 1;
  return (
    <section aria-label="Inbox" class="inbox">
      <h3>Inbox{page.value && `, ${total.toLocaleString('en')} ${total === 1 ? 'message' : 'messages'}`}</h3>
      {problem.value !== undefined && (
        <p role="alert" class="bad">
          {messageOf(problem.value)}
        </p>
      )}
      <ul>
        {messages.map(({ number, action, from: sender, time, data }) => (
          <li key={number}>
            <button type="button" class="link" aria-expanded={opened.value === number} onClick={() => (opened.value = opened.value === number ? undefined : number)}>
              {number}. {action || 'no action'} from {whois(sender)}
            </button>{' '}
            <span class="quiet">{time > 0 && new Date(time).toLocaleTimeString()}</span> <span class="mono inbox-data">{data}</span>
            {opened.value === number && <Opened look={look} number={number} />}
          </li>
        ))}
      </ul>
      {(from.value !== undefined || last > 1) && (
        <div class="turns">
          <button type="button" disabled={from.value === undefined} onClick={() => (from.value = undefined)}>
            Newest
          </button>
          <button type="button" disabled={last <= 1} onClick={() => (from.value = last - 1)}>
            Older
          </button>
        </div>
      )}
    </section>
  );
}

/** All of a message. */
function Opened({ look, number }: { look: Look; number: number }) {
  const path = `inbox[${number}]`;
  const model = useMemo(() => new TreeModel([path]), [path]);
  useEffect(() => void model.show(look), [model, look]);
  return <Tree label={`Message ${number} of the inbox`} model={model} roots={[{ path, title: '' }]} changes={[]} />;
}
