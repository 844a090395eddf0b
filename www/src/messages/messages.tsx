import { useEffect } from 'preact/hooks';
import { selected } from '../unit/processes.ts';
import { Composer } from './composer.tsx';
import { count } from './format.ts';
import { Inspector } from './inspector.tsx';
import { Rows } from './rows.tsx';
import { entries, filter, follow, progress, readMore, scope } from './timeline.ts';

/** Messages: where they are written, all that were sent, and each of them in full. */
export function MessagesPanel() {
  useEffect(follow, []);
  return (
    <div class="messages">
      <div class="messages-parts">
        <div class="messages-list">
          <Composer />
          <Toolbar />
          {entries.value.length === 0 ? <Empty /> : <Rows />}
        </div>
        <Inspector />
      </div>
    </div>
  );
}

function Toolbar() {
  return (
    <div class="messages-bar">
      <label class="field">
        <span class="hidden">Messages of</span>
        <select value={scope.value} onChange={({ currentTarget }) => (scope.value = currentTarget.value as typeof scope.value)}>
          <option value="selected">Of the selected process</option>
          <option value="all">Of all processes</option>
        </select>
      </label>
      <label class="field messages-filter">
        <span class="hidden">Filter</span>
        <input type="search" placeholder="Filter" value={filter.value} onInput={({ currentTarget }) => (filter.value = currentTarget.value)} />
      </label>
      <Progress />
    </div>
  );
}

function Progress() {
  const { done, left, isReading } = progress.value;
  const shown = entries.value.length;
  return (
    <span class="quiet" role="status" aria-label="Log">
      {isReading ? `Reading, ${count(done)} of ${count(done + left)}…` : shown === done ? `${count(done)} messages` : `${count(shown)} of ${count(done)}`}
      {!isReading && left > 0 && (
        <button type="button" onClick={readMore}>
          Read {count(left)} older
        </button>
      )}
    </span>
  );
}

function Empty() {
  if (filter.value !== '') return <p class="quiet">No message matches the filter.</p>;
  if (scope.value === 'selected' && selected.value === null) return <p class="quiet">There is no process yet. Press Run.</p>;
  return <p class="quiet">There is no message yet.</p>;
}
