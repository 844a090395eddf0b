import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { messageOf } from '../app/message-of.ts';
import { unit } from '../unit/session.ts';
import { Look, type Explanation, type Judgement } from './look.ts';
import type { Log } from './log-model.ts';
import type { LogMessage } from './log.ts';

/** So many messages are there to choose from; others are chosen by their number. */
const MAX_CHOICES = 200;

/** Why a message of the log matched each handler, or did not. It is tried on the state that it met, or on the one shown. */
export function Why({ look, log }: { look: Look; log: Log }) {
  const nonce = useSignal<number | undefined>(undefined);
  const isOnShown = useSignal(false);
  const answer = useSignal<Explanation | { readonly error: unknown } | undefined>(undefined);
  // The message that made the process met no state.
  const messages = log.messages.value.filter((message) => message.nonce > 0);
  const chosen = messages.find((message) => message.nonce === nonce.value);
  const on = isOnShown.value ? look : undefined;
  useEffect(() => {
    answer.value = undefined;
    const opened = unit.value;
    if (!chosen || !opened) return;
    let isOver = false;
    const met = on ?? Look.then(opened, look.process, chosen.nonce - 1);
    met.why(chosen, log.texts()).then(
      (explanation) => isOver || (answer.value = explanation),
      (error: unknown) => isOver || (answer.value = { error }),
    );
    return () => {
      isOver = true;
    };
  }, [chosen, on]);
  const now = answer.value;
  return (
    <section aria-label="Why a message matched" class="why">
      <h4>Why did this message match, or not?</h4>
      {messages.length === 0 ? (
        <p class="quiet">No message has come yet.</p>
      ) : (
        <div class="why-choice">
          <label class="field">
            <span>Message</span>
            <select value={nonce.value ?? ''} onChange={({ currentTarget }) => (nonce.value = currentTarget.value === '' ? undefined : Number(currentTarget.value))}>
              <option value="">Choose one</option>
              {messages.slice(-MAX_CHOICES).reverse().map((message) => (
                <option key={message.nonce} value={message.nonce}>
                  {nameOf(message)}
                </option>
              ))}
            </select>
          </label>
          {messages.length > MAX_CHOICES && (
            <label class="field">
              <span>or its number</span>
              <input type="number" min={1} value={nonce.value ?? ''} onChange={({ currentTarget }) => (nonce.value = currentTarget.valueAsNumber)} />
            </label>
          )}
          <label class="field">
            <span>Handlers</span>
            <select value={isOnShown.value ? 'shown' : 'met'} onChange={({ currentTarget }) => (isOnShown.value = currentTarget.value === 'shown')}>
              <option value="met">as they were when it came</option>
              <option value="shown">as they are in this state</option>
            </select>
          </label>
        </div>
      )}
      <div role="status">
        {chosen && !now && <p class="quiet">Trying it on a copy…</p>}
        {now && 'error' in now && <p class="bad">{messageOf(now.error)}</p>}
        {now && 'handlers' in now && <Explained {...now} />}
      </div>
    </section>
  );
}

function Explained({ refusal, handlers }: Explanation) {
  return (
    <>
      {refusal && <p class="warn">No handler saw it. {refusal}</p>}
      <ul aria-label="What each handler makes of it">
        {handlers.map((judgement) => (
          <li key={judgement.name}>
            <strong>{judgement.name}</strong> <span class={judgement.isLate || judgement.state === 'no' ? undefined : 'good'}>{verdictOf(judgement)}</span>
            <Parts {...judgement} />
          </li>
        ))}
      </ul>
    </>
  );
}

const VERDICTS: Readonly<Record<Judgement['state'], string>> = {
  stop: 'matched, and took it: no later handler saw it.',
  on: 'matched, and let later handlers see it.',
  no: 'did not match.',
  default: 'took it, because no other handler did: it is in the inbox.',
  error: 'failed at its pattern: the message failed with it.',
};

function verdictOf({ state, isLate }: Judgement): string {
  if (!isLate) return VERDICTS[state];
  if (state === 'default') return 'was not asked: a handler took the message.';
  return `was not asked: a handler before it took the message. ${state === 'no' ? 'It would not have matched, either.' : ''}`;
}

function Parts({ state, isLate, kind, problem, parts, pattern }: Judgement) {
  if (state === 'default' || (isLate && state !== 'no')) return null;
  const shown = state === 'no' ? parts.filter(({ isMet }) => !isMet) : parts;
  return (
    <>
      {problem && <p class="bad">{problem}</p>}
      {state === 'no' && kind === 'nil' && <p>Its pattern is nil.</p>}
      {shown.map(({ field, wanted, found, isMet }) => (
        <p key={field}>
          {isMet ? '✓' : '✗'} <code>{field}</code> is {found ? <code>{found}</code> : 'not in the message'}
          {wanted && (
            <>
              {isMet ? ', as wanted: ' : '; wanted: '}
              <code>{wanted}</code>
            </>
          )}
          .
        </p>
      ))}
      {kind === 'function' && shown.some(({ wanted }) => !wanted) && (
        <p class="quiet">
          Its pattern is a {pattern}. These are the fields that it read before it answered.
        </p>
      )}
      {kind === 'function' && parts.length === 0 && !problem && <p class="quiet">Its pattern is a {pattern}, which read no field of the message.</p>}
    </>
  );
}

function nameOf({ nonce, action, time }: LogMessage): string {
  return `${nonce} · ${action || 'no action'} · ${new Date(time).toLocaleTimeString()}`;
}
