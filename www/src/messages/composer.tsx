import { useEffect, useRef } from 'preact/hooks';
import { messageOf } from '../app/message-of.ts';
import { kept } from '../app/kept.ts';
import { errorReport } from '../lua/error-place.ts';
import { nameOf, processes, selected } from '../unit/processes.ts';
import { identity } from '../unit/signing.ts';
import { count } from './format.ts';
import { attach, attached, draft, edit, lookAtSigners, send, sending, tryOut, wallets, type SendState } from './draft.ts';
import { OutcomeView } from './outcome.tsx';

const isOpen = kept('composer-open', true);

/** Where a message is written and sent. */
export function Composer() {
  const { action } = draft.value;
  const now = sending.value;
  const busy = now.state === 'sending' || now.state === 'sent';
  const submit = (event: Event) => {
    event.preventDefault();
    void send();
  };
  const hurry = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || busy) return;
    event.preventDefault();
    event.stopPropagation();
    void send();
  };
  return (
    <details class="composer" open={isOpen.value} onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>Compose a message</summary>
      <form aria-label="Compose a message" onSubmit={submit} onKeyDown={hurry}>
        <div class="composer-line">
          <Target />
          <As />
          <label class="composer-field">
            <span>Action</span>
            <input value={action} spellcheck={false} autocomplete="off" onInput={({ currentTarget }) => edit({ action: currentTarget.value })} />
          </label>
        </div>
        <TagRows />
        <Data />
        <div class="composer-line composer-end">
          <button type="submit" class="primary" disabled={busy} aria-keyshortcuts="Control+Enter Meta+Enter">
            Send
          </button>
          <button type="button" disabled={busy} title="Evaluates it on a copy of the process: nothing is sent, and nothing changes" onClick={() => void tryOut()}>
            Dry run
          </button>
          <SendStatus of={now} />
        </div>
        {now.state === 'done' && (
          <section class="came-to" aria-label="What it came to">
            <OutcomeView outcome={now.outcome} process={now.process} />
          </section>
        )}
      </form>
    </details>
  );
}

const OTHER = 'other';

function Target() {
  const { target } = draft.value;
  const isOther = target !== null && !processes.value.some(({ id }) => id === target);
  const choose = (value: string) => edit({ target: value === '' ? null : value === OTHER ? '' : value });
  return (
    <>
      <label class="composer-field">
        <span>To</span>
        <select value={target === null ? '' : isOther ? OTHER : target} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          <option value="">{selected.value === null ? 'the selected process' : `${nameOf(selected.value)} (selected)`}</option>
          {processes.value.map(({ id }) => (
            <option key={id} value={id}>
              {nameOf(id)}
            </option>
          ))}
          <option value={OTHER}>another address…</option>
        </select>
      </label>
      {isOther && (
        <label class="composer-field">
          <span>Address</span>
          <input class="mono" value={target} spellcheck={false} autocomplete="off" onInput={({ currentTarget }) => edit({ target: currentTarget.value })} />
        </label>
      )}
    </>
  );
}

function As() {
  const who = identity.value;
  const look = () => void lookAtSigners().catch(() => undefined);
  useEffect(look, [who?.address]);
  const { as } = draft.value;
  return (
    <label class="composer-field">
      <span>As</span>
      <select value={as ?? ''} onFocus={look} onChange={({ currentTarget }) => edit({ as: currentTarget.value || null })}>
        <option value="">{who ? `${who.name} (signs for this page)` : 'who signs for this page'}</option>
        {wallets.value.map(({ address, name }) => (
          <option key={address} value={address}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function TagRows() {
  const group = useRef<HTMLFieldSetElement>(null);
  const { tags } = draft.value;
  const set = (place: number, change: Partial<(typeof tags)[number]>) =>
    edit({ tags: tags.map((tag, at) => (at === place ? { ...tag, ...change } : tag)) });
  const add = () => {
    edit({ tags: [...tags, { name: '', value: '' }] });
    requestAnimationFrame(() => group.current?.querySelector<HTMLElement>('.tag-row:last-of-type input')?.focus());
  };
  const remove = (place: number) => {
    edit({ tags: tags.filter((_, at) => at !== place) });
    requestAnimationFrame(() => group.current?.querySelector<HTMLElement>('.add-tag')?.focus());
  };
  return (
    <fieldset ref={group} class="tag-rows">
      <legend>Tags</legend>
      {tags.map(({ name, value }, place) => (
        <div key={place} class="tag-row">
          <input aria-label={`Name of tag ${place + 1}`} placeholder="Name" value={name} spellcheck={false} autocomplete="off" onInput={({ currentTarget }) => set(place, { name: currentTarget.value })} />
          <input aria-label={`Value of tag ${place + 1}`} placeholder="Value" value={value} spellcheck={false} autocomplete="off" onInput={({ currentTarget }) => set(place, { value: currentTarget.value })} />
          <button type="button" aria-label={`Remove tag ${place + 1}`} onClick={() => remove(place)}>
            ×
          </button>
        </div>
      ))}
      <button type="button" class="add-tag" onClick={add}>
        Add a tag
      </button>
    </fieldset>
  );
}

/** What is written, or the bytes of a file. */
function Data() {
  const file = attached.value;
  const take = (input: HTMLInputElement) => {
    const [chosen] = input.files ?? [];
    if (chosen) void attach(chosen);
    input.value = '';
  };
  return (
    <>
      {file ? (
        <p class="attached">
          Data: {file.name}, {file.bytes.length === 1 ? '1 byte' : `${count(file.bytes.length)} bytes`}{' '}
          <button type="button" onClick={() => (attached.value = undefined)}>
            Write the data instead
          </button>
        </p>
      ) : (
        <label class="composer-field">
          <span>Data</span>
          <textarea rows={2} value={draft.value.data} spellcheck={false} onInput={({ currentTarget }) => edit({ data: currentTarget.value })} />
        </label>
      )}
      <div>
        <label class="button-like">
          Data from a file
          <input type="file" class="hidden" onChange={({ currentTarget }) => take(currentTarget)} />
        </label>
      </div>
    </>
  );
}

function SendStatus({ of: now }: { of: SendState }) {
  const tone = now.state === 'failed' || (now.state === 'done' && now.outcome.Error !== undefined) ? 'bad' : '';
  return (
    <p role="status" aria-label="Sending" class={`send-status ${tone}`}>
      {now.state === 'sending' && 'Signing…'}
      {now.state === 'sent' && 'Sent. Waiting for its evaluation…'}
      {now.state === 'failed' && messageOf(now.error)}
      {now.state === 'done' && cameTo(now)}
    </p>
  );
}

function cameTo({ outcome: { Error: failure, Messages, Spawns, GasUsed }, isTrial }: Extract<SendState, { state: 'done' }>): string {
  const what = isTrial ? 'The dry run' : 'Sent, and it';
  if (failure !== undefined) return `${what} failed: ${errorReport(failure).message.split('\n')[0]}`;
  const gas = GasUsed === undefined ? '' : `, ${count(GasUsed)} gas`;
  const made = Spawns.length === 0 ? '' : `, ${Spawns.length} spawned`;
  return `${isTrial ? 'Dry run' : 'Sent'}: evaluated, ${Messages.length} ${Messages.length === 1 ? 'message' : 'messages'} sent by it${made}${gas}`;
}
