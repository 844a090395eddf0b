import { batch, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { messageOf } from '../app/message-of.ts';
import { example } from '../examples/examples.ts';
import { process } from '../unit/processes.ts';
import { unit } from '../unit/session.ts';
import { files } from '../workspace/files.ts';
import { toFragment, type Shared } from './link.ts';
import { sentTo } from './sent.ts';

/** Whose messages go along. */
type Script = 'example' | 'sent' | 'none';

interface Links {
  readonly link: string;
  readonly embed: string;
}

/** Makes a link that holds the code, and what to send to it. */
export function ShareButton() {
  const dialog = useRef<HTMLDialogElement>(null);
  const script = useSignal<Script>('example');
  const links = useSignal<Links | undefined>(undefined);
  const said = useSignal('');
  const turn = useRef(new AbortController());
  const make = async (chosen: Script) => {
    turn.current.abort();
    const { signal } = (turn.current = new AbortController());
    // Until the link is made there is none: one of another choice would be copied for it.
    batch(() => {
      script.value = chosen;
      links.value = undefined;
      said.value = 'Making the link…';
    });
    const made = await content(chosen, signal).then(toFragment).then(linksTo).catch(messageOf);
    if (signal.aborted) return;
    batch(() => {
      links.value = typeof made === 'string' ? undefined : made;
      said.value = typeof made === 'string' ? made : `${made.link.length.toLocaleString('en')} characters`;
    });
  };
  const open = () => {
    dialog.current?.showModal();
    void make(example.value ? 'example' : 'sent');
  };
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      said.value = 'Copied.';
    } catch {
      said.value = 'This browser does not let the page copy: select the text, and copy it yourself.';
    }
  };
  return (
    <>
      <button type="button" onClick={open}>
        Share
      </button>
      <dialog ref={dialog} aria-labelledby="share-title" class="dialog" onClose={() => turn.current.abort()}>
        <h2 id="share-title">Share</h2>
        <p>The link itself holds the code, after #, in the part that browsers send to no server. Whoever opens it can run it in a tab of their own.</p>
        <label class="field">
          <span>Messages in the link</span>
          <select value={script.value} onChange={({ currentTarget }) => void make(currentTarget.value as Script)}>
            {example.value && <option value="example">the messages of the example</option>}
            {process.value && <option value="sent">the messages that were sent to {process.value.name ?? 'the process'}</option>}
            <option value="none">no messages</option>
          </select>
        </label>
        <Copied label="Link" text={links.value?.link} copy={copy} />
        <Copied label="To show it in a page of yours" text={links.value?.embed} copy={copy} />
        <p role="status" aria-label="Share">
          {said.value}
        </p>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </dialog>
    </>
  );
}

function Copied({ label, text = '', copy }: { label: string; text: string | undefined; copy: (text: string) => Promise<void> }) {
  return (
    <div class="copied">
      <label class="grow">
        <span>{label}</span>
        <input readOnly value={text} class="mono" onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
      <button type="button" aria-label={`Copy: ${label}`} disabled={text === ''} onClick={() => void copy(text)}>
        Copy
      </button>
    </div>
  );
}

async function content(script: Script, signal: AbortSignal): Promise<Shared> {
  const from = example.value;
  const { title = '', description = '', cast = { process: 1 }, spawn = {}, steps = [] } = from ?? {};
  const about = { title: title || (process.value?.name ?? ''), description, files: files.value, cast, spawn };
  if (script === 'none') return { ...about, steps: [] };
  if (script === 'example' || !unit.value || !process.value) return { ...about, steps };
  return { ...about, steps: await sentTo(unit.value, process.value, signal) };
}

function linksTo(fragment: string): Links {
  const embed = new URL(`embed.html#${fragment}`, location.href).href;
  return {
    link: new URL(`index.html#${fragment}`, location.href).href,
    embed: `<iframe src="${embed}" title="A runnable ao process" loading="lazy" width="100%" height="480"></iframe>`,
  };
}
