import { useSignal } from '@preact/signals';
import type { Outcome, OutboxTag } from 'ao-unit/unit';
import { withoutColours } from '../app/colours.ts';
import { whois } from '../unit/people.ts';
import { DataView } from './data.tsx';
import { Failure } from './failure.tsx';
import { count } from './format.ts';

/** So many are listed: a message may send thousands. */
const MOST = 50;

/** What a message came to: what failed, what was printed, and what is sent, spawned and assigned. */
export function OutcomeView({ outcome, process, data }: { outcome: Outcome; process?: string | undefined; data?: string | undefined }) {
  const { Error: failure, Messages, Spawns, Assignments, GasUsed } = outcome;
  const output = outputOf(outcome);
  const nothing = failure === undefined && output === '' && Messages.length + Spawns.length + Assignments.length === 0;
  return (
    <div class="outcome">
      {failure !== undefined && <Failure error={failure} process={process} data={data} />}
      {output !== '' && (
        <>
          <h4>Output</h4>
          <pre role="group" aria-label="Output">{output}</pre>
        </>
      )}
      <Sent title="Messages" total={Messages.length} each={Messages.slice(0, MOST).map(({ Target, Tags, Data, Anchor }) => ({ to: `to ${whois(Target)}`, tags: [{ name: 'Anchor', value: Anchor }, ...Tags], data: Data }))} />
      <Sent title="Spawns" total={Spawns.length} each={Spawns.slice(0, MOST).map(({ Tags, Data }) => ({ to: textOf(Tags.find(({ name }) => name === 'Name')?.value ?? 'a process'), tags: Tags, data: Data }))} />
      {Assignments.length > 0 && (
        <>
          <h4>Assignments</h4>
          <ul>
            {Assignments.map(({ Message, Processes }, place) => (
              <li key={place}>
                <code>{Message}</code> to {Processes.map(whois).join(', ')}
              </li>
            ))}
          </ul>
        </>
      )}
      {nothing && <p class="quiet">It printed nothing and sent nothing.</p>}
      {GasUsed !== undefined && <p class="quiet">{count(GasUsed)} gas</p>}
    </div>
  );
}

interface SentItem {
  readonly to: string;
  readonly tags: readonly OutboxTag[];
  readonly data: unknown;
}

function Sent({ title, total, each }: { title: string; total: number; each: readonly SentItem[] }) {
  if (each.length === 0) return null;
  return (
    <>
      <h4>
        {title} ({count(total)})
      </h4>
      <ul class="sent" aria-label={title}>
        {each.map((item, place) => (
          <SentLine key={place} item={item} place={place} />
        ))}
      </ul>
      {total > each.length && <p class="quiet">…and {count(total - each.length)} more</p>}
    </>
  );
}

/** A line, and all of it when it is opened. */
function SentLine({ item: { to, tags, data }, place }: { item: SentItem; place: number }) {
  const isOpen = useSignal(false);
  return (
    <li>
      <details onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
        <summary>
          {to} <strong>{textOf(tags.find(({ name }) => name === 'Action')?.value)}</strong> <span class="quiet">{textOf(data).slice(0, 120)}</span>
        </summary>
        {isOpen.value && (
          <>
            <TagTable tags={tags} label={`Tags of message ${place + 1}`} />
            <DataView data={textOf(data)} label={`Data of message ${place + 1}`} />
          </>
        )}
      </details>
    </li>
  );
}

/** Tags in their order: a name may occur more than once. */
export function TagTable({ tags, label = 'Tags' }: { tags: readonly OutboxTag[]; label?: string }) {
  return (
    <table class="tags" aria-label={label}>
      <tbody>
        {tags.map(({ name, value }, place) => (
          <tr key={place}>
            <th scope="row">{name}</th>
            <td>{textOf(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function outputOf({ Output }: Outcome): string {
  return typeof Output === 'object' && typeof Output.data === 'string' ? withoutColours(Output.data) : '';
}

/** A process may put any JSON value where others put text. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}
