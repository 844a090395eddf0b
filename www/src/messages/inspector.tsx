import type { LogItem } from 'ao-unit/unit';
import { messageOf } from '../app/message-of.ts';
import { whois } from '../unit/people.ts';
import { isText, mayBeOther } from './bytes.ts';
import { chosen, detail } from './chosen.ts';
import { Copyable } from './copyable.tsx';
import { DataView } from './data.tsx';
import { copyToDraft } from './draft.ts';
import { exactTime, statusOf } from './format.ts';
import { OutcomeView, TagTable } from './outcome.tsx';
import { cascade, Tree } from './tree.tsx';

/** Everything about the chosen message. */
export function Inspector() {
  const entry = chosen.value;
  if (!entry) return <p class="quiet inspector">Choose a message to see what it says, and what it came to.</p>;
  const now = detail.value?.entry === entry ? detail.value : undefined;
  const { message, bytes, outcome, error } = now ?? {};
  const { word, tone } = statusOf({ ...entry, ...(outcome && { status: outcome.Error === undefined ? 'evaluated' : 'failed' }) });
  return (
    <section class="inspector" aria-label="Message">
      <h3>
        {entry.action || 'no action'} <span class={tone}>{word}</span>
      </h3>
      <dl class="facts">
        {entry.id !== '' && <Fact name="Id"><Copyable id={entry.id} name="the id of the message" /></Fact>}
        {entry.from !== '' && <Fact name="From"><Copyable id={entry.from} name="who sent it" also={whois(entry.from)} /></Fact>}
        <Fact name="To"><Copyable id={entry.process} name="the process" also={whois(entry.process)} /></Fact>
        <Fact name="Place">{entry.cron === undefined ? `nonce ${entry.nonce}` : `a tick of ${entry.cron || 'its cron'}, after nonce ${entry.nonce}`}, {exactTime(entry.time)}</Fact>
      </dl>
      {error !== undefined && <p class="bad" role="alert">{messageOf(error)}</p>}
      {message && (
        <>
          <h4>Tags</h4>
          <TagTable tags={message.tags} />
          <h4>Data</h4>
          <DataView key={entry.id} data={message.data ?? ''} bytes={bytes} />
          <NotText message={message} bytes={bytes} />
          {entry.nonce > 0 && (
            <button type="button" onClick={() => copyToDraft(entry.process, message, bytes)}>
              Copy it to the composer
            </button>
          )}
        </>
      )}
      <section aria-label="Outcome" aria-busy={outcome === undefined && error === undefined}>
        <h3>Outcome</h3>
        {outcome === undefined && error === undefined && <p class="quiet">Waiting for its evaluation…</p>}
        {outcome === null && <p class="quiet">This tick failed. The unit keeps nothing more of a tick that failed.</p>}
        {outcome && <OutcomeView outcome={outcome} process={entry.process} data={message?.data ?? undefined} />}
      </section>
      {cascade.value && (
        <>
          <h3>What it set off</h3>
          <Tree of={cascade.value} />
        </>
      )}
    </section>
  );
}

/** What becomes of bytes that are no text: processes see text alone. */
function NotText({ message: { data, signature }, bytes }: { message: LogItem; bytes: Uint8Array | undefined }) {
  if (!bytes) return null;
  if (!isText(bytes)) {
    return <p class="quiet">This is not all text. Hex shows its bytes; where � stands, the process sees � as well.</p>;
  }
  if (signature !== '' || !mayBeOther(data ?? '')) return null;
  return (
    <p class="quiet">
      Where � stands, the process that sent this may have had bytes that are no text. They became ef bf bd when it sent
      them: these are the bytes that arrived.
    </p>
  );
}

function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
