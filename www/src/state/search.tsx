import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { messageOf } from '../app/message-of.ts';
import type { Entry, Look } from './look.ts';
import { textOf } from './tree.tsx';

/** A pause in typing, in milliseconds, after which the search begins. */
const PAUSE_MS = 200;

type Found = { readonly entries: readonly Entry[]; readonly isCut: boolean } | { readonly error: unknown };

/** Finds names and values, in the whole state. */
export function Search({ look, onShow }: { look: Look; onShow: (path: string) => void }) {
  const text = useSignal('');
  const found = useSignal<Found | undefined>(undefined);
  const sought = text.value.trim();
  useEffect(() => {
    let isOver = false;
    found.value = undefined;
    if (!sought) return;
    const timer = setTimeout(() => {
      look.search(sought).then(
        ({ found: entries, isCut }) => isOver || (found.value = { entries, isCut }),
        (error: unknown) => isOver || (found.value = { error }),
      );
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [sought, look]);

  const now = found.value;
  return (
    <div class="search">
      <label class="field">
        <span>Search state</span>
        <input type="search" value={text.value} placeholder="a name or a value" onInput={({ currentTarget }) => (text.value = currentTarget.value)} />
      </label>
      <p role="status" class="quiet">
        {sought && !now && 'Searching…'}
        {now && 'error' in now && messageOf(now.error)}
        {now && 'entries' in now && `${now.entries.length}${now.isCut ? ' or more' : ''} found`}
      </p>
      {now && 'entries' in now && now.entries.length > 0 && (
        <ul aria-label="Found" class="found">
          {now.entries.map((entry) => (
            <li key={`${entry.path}${entry.label}`}>
              {entry.path && !entry.path.startsWith('inbox') ? (
                <button type="button" class="link" onClick={() => onShow(entry.path)}>
                  {entry.label}
                </button>
              ) : (
                <code>{entry.label}</code>
              )}{' '}
              <span class="mono">{textOf(entry)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
