import { useEffect, useRef } from 'preact/hooks';
import { whois } from '../unit/people.ts';
import type { Change } from './changes.ts';
import type { Entry } from './look.ts';
import { tablesAbove } from './paths.ts';
import type { TreeModel } from './tree-model.ts';

interface TreeProps {
  readonly label: string;
  readonly model: TreeModel;
  /** Roots: the entries of the first stand at the top, the others are folded under their names. */
  readonly roots: readonly { readonly path: string; readonly title: string }[];
  readonly changes: readonly Change[];
}

type Row =
  | { readonly kind: 'entry'; readonly level: number; readonly path: string; readonly entry: Entry }
  | { readonly kind: 'next' | 'previous'; readonly level: number; readonly path: string; readonly table: string; readonly text: string };

/** Tables that open, as the ARIA pattern of trees has it: arrows move, open and close. */
export function Tree({ label, model, roots, changes }: TreeProps) {
  const rows = rowsOf(model, roots);
  const byPath = new Map(changes.map((change) => [change.path, change]));
  const above = new Set(changes.flatMap(({ path }) => tablesAbove(path)));
  const element = useRef<HTMLDivElement>(null);
  const current = rows.find(({ path }) => path === model.current.value) ?? rows[0];
  const revealed = model.current.value;
  useEffect(() => {
    if (revealed) element.current?.querySelector('[tabindex="0"]')?.scrollIntoView({ block: 'nearest' });
  }, [revealed]);

  const focus = (row: Row | undefined) => {
    // The row that has the focus is the current one.
    if (!row) return;
    const at = rows.indexOf(row);
    element.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[at]?.focus();
  };
  const activate = (row: Row) => {
    model.current.value = row.path;
    if (row.kind !== 'entry') void model.turn(row.table, row.kind);
    else if (isTable(row.entry)) void model.toggle(row.path);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!current) return;
    const at = rows.indexOf(current);
    const isOpen = current.kind === 'entry' && isTable(current.entry) && model.isOpen(current.path);
    const steps: Record<string, () => void> = {
      ArrowDown: () => focus(rows[at + 1]),
      ArrowUp: () => focus(rows[at - 1]),
      Home: () => focus(rows[0]),
      End: () => focus(rows.at(-1)),
      Enter: () => activate(current),
      ' ': () => activate(current),
      ArrowRight: () => {
        if (isOpen) focus(rows[at + 1]);
        else if (current.kind === 'entry' && isTable(current.entry)) activate(current);
      },
      ArrowLeft: () => {
        if (isOpen) activate(current);
        else focus(rows.slice(0, at).filter(({ level }) => level < current.level).at(-1));
      },
    };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step();
  };

  if (rows.length === 0) return null;
  return (
    <div role="tree" aria-label={label} class="tree" ref={element} onKeyDown={onKey}>
      {rows.map((row) => (
        <div
          key={`${row.kind}${row.path}`}
          role="treeitem"
          aria-level={row.level}
          aria-expanded={row.kind === 'entry' && isTable(row.entry) ? model.isOpen(row.path) : undefined}
          aria-selected={row === current}
          tabIndex={row === current ? 0 : -1}
          class={`tree-row${byPath.has(row.path) ? ' is-changed' : ''}`}
          style={{ '--level': row.level }}
          onClick={() => activate(row)}
          onFocus={() => (model.current.value = row.path)}
        >
          {row.kind === 'entry' ? (
            <EntryRow entry={row.entry} isOpen={model.isOpen(row.path)} change={byPath.get(row.path)} isAbove={above.has(row.path)} />
          ) : (
            <span class="tree-turn">{row.text}</span>
          )}
        </div>
      ))}
    </div>
  );
}

function EntryRow({ entry, isOpen, change, isAbove }: { entry: Entry; isOpen: boolean; change: Change | undefined; isAbove: boolean }) {
  return (
    <>
      <span class="tree-twist" aria-hidden="true">
        {isTable(entry) ? (isOpen ? '▾' : '▸') : ''}
      </span>
      <span class="tree-label">{entry.label}</span>
      <Person text={entry.label} />
      <span class={`tree-value kind-${entry.kind}`}>{textOf(entry)}</span>
      <Person text={entry.text} />
      {change && <mark>{change.kind === 'new' ? 'new' : `changed, was ${change.before ? textOf(change.before) : 'nil'}`}</mark>}
      {!change && isAbove && <mark class="within">changed within</mark>}
    </>
  );
}

/** Whose address a text is, if it is one that has a name here. */
export function Person({ text }: { text: string }) {
  const address = ADDRESS.exec(text)?.[0];
  const name = address && whois(address);
  return name && !name.endsWith('…') ? <span class="tree-person">({name})</span> : null;
}

const ADDRESS = /(?<=^"?)[\w-]{43}(?="?$)/;

/** What an entry holds, in a word. */
export function textOf({ kind, text, count }: Entry): string {
  return kind === 'table' ? `table, ${count.toLocaleString('en')} ${count === 1 ? 'entry' : 'entries'}` : text;
}

function isTable({ kind, path, count }: Entry): boolean {
  return (kind === 'table' || kind === 'group') && path !== '' && count > 0;
}

function rowsOf(model: TreeModel, roots: TreeProps['roots']): Row[] {
  const rows: Row[] = [];
  roots.forEach(({ path, title }, index) => {
    if (index === 0) return void addRows(rows, model, path, 1);
    // How many there are is not known before it is open.
    rows.push({ kind: 'entry', level: 1, path, entry: { path, label: title, kind: 'group', text: '', count: 1 } });
    if (model.isOpen(path)) addRows(rows, model, path, 2);
  });
  return rows;
}

const PAGE = 100;

function addRows(rows: Row[], model: TreeModel, table: string, level: number): void {
  const page = model.pages.value.get(table);
  if (!page) return;
  const before = model.pagesBefore(table);
  const total = page.count.toLocaleString('en');
  if (before > 0) rows.push({ kind: 'previous', level, path: `${table}↑`, table, text: `Show the entries before these, of ${total}` });
  for (const entry of page.entries) {
    const path = entry.path || `${table}.${entry.label}`;
    rows.push({ kind: 'entry', level, path, entry });
    if (entry.path && model.isOpen(path)) addRows(rows, model, path, level + 1);
  }
  if (page.next) rows.push({ kind: 'next', level, path: `${table}↓`, table, text: `Show the next ${PAGE} of ${total} entries` });
}
