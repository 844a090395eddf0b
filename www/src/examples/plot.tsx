import { useSignal, useSignalEffect } from '@preact/signals';
import { messageOf } from '../app/message-of.ts';
import { whois } from '../unit/people.ts';
import { selected } from '../unit/processes.ts';
import { unit } from '../unit/session.ts';

interface PlotProps {
  readonly title: string;
  /** A Lua expression: a table of numbers by name. */
  readonly lua: string;
}

/** Numbers by name, as bars, live. More than this many are summed up in the last. */
const MOST = 12;

/** Numbers of the process as bars, which follow its state. */
export function Plot({ title, lua }: PlotProps) {
  const values = useSignal<Readonly<Record<string, number>>>({});
  const failure = useSignal<string | undefined>(undefined);
  useSignalEffect(() => {
    const id = selected.value;
    values.value = {};
    if (!unit.value || !id) return;
    return unit.value.watch<Record<string, number>>(id, lua, (value) => (values.value = value), {
      onError: (error) => (failure.value = messageOf(error)),
    });
  });
  const bars = summedUp(values.value);
  const largest = Math.max(1, ...bars.map(([, value]) => value));
  return (
    <figure class="plot">
      <figcaption>{title}</figcaption>
      {failure.value !== undefined && <p class="bad">{failure.value}</p>}
      {bars.length === 0 && <p class="quiet">Nothing yet.</p>}
      <dl>
        {bars.map(([key, value]) => (
          <div key={key} class="plot-row">
            <dt title={key}>{whois(key)}</dt>
            <dd>
              <span class="plot-track">
                <span class="plot-bar" style={{ width: `${(100 * value) / largest}%` }} />
              </span>
              <span>{value.toLocaleString('en')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}

function summedUp(values: Readonly<Record<string, number>>): [string, number][] {
  const all = Object.entries(values)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .sort(([, one], [, other]) => other - one);
  if (all.length <= MOST) return all;
  const rest = all.slice(MOST - 1).reduce((sum, [, value]) => sum + value, 0);
  return [...all.slice(0, MOST - 1), [`${all.length - MOST + 1} others`, rest]];
}
