import { effect, signal, useSignal, type ReadonlySignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { keyOf, type Entry } from '../unit/entry.ts';
import { unit } from '../unit/session.ts';
import { Cascade, rootOf, wordsOf, type Branch } from './cascade.ts';
import { chosen } from './chosen.ts';
import { count } from './format.ts';

const shown = signal<Cascade | null>(null);

/** The tree to which the chosen message belongs: it stays while one goes about in it. */
export const cascade: ReadonlySignal<Cascade | null> = shown;

effect(() => {
  const [opened, entry] = [unit.value, chosen.value];
  const now = shown.peek();
  if (!opened || !entry) {
    now?.end();
    shown.value = null;
    return;
  }
  let isLate = false;
  void rootOf(opened, entry).then((root) => {
    const present = shown.peek();
    if (isLate || (present?.root.entry && keyOf(present.root.entry) === keyOf(root))) return;
    present?.end();
    shown.value = new Cascade(opened, root);
  }, () => undefined);
  return () => {
    isLate = true;
  };
});

/** Deeper lines are not indented any further. */
const DEEPEST = 12;

interface Line {
  readonly branch: Branch;
  readonly path: string;
  readonly level: number;
  readonly place: number;
  readonly of: number;
}

/** What one message set off, across processes, as the ARIA pattern of trees has it: arrows go about, Enter chooses. */
export function Tree({ of: cascade }: { of: Cascade }) {
  const box = useRef<HTMLUListElement>(null);
  const closed = useSignal<ReadonlySet<string>>(new Set());
  const at = useSignal('0');
  void cascade.changes.value;
  const lines = linesOf(cascade.root, closed.value);
  const present = lines.some(({ path }) => path === at.value) ? at.value : '0';

  const focus = (path: string) => {
    at.value = path;
    box.current?.querySelector<HTMLElement>(`[data-path="${path}"]`)?.focus();
  };
  const toggle = ({ path, branch }: Line, open: boolean) => {
    const next = new Set(closed.value);
    if (open) next.delete(path);
    else next.add(path);
    closed.value = next;
    if (open && branch.status === 'unread') void cascade.grow(branch);
  };
  const press = (event: KeyboardEvent) => {
    const index = lines.findIndex(({ path }) => path === present);
    const line = lines[index];
    if (!line) return;
    const isOpen = line.branch.children.length > 0 && !closed.value.has(line.path);
    const keys: Record<string, () => void> = {
      ArrowDown: () => focus(lines[Math.min(lines.length - 1, index + 1)]!.path),
      ArrowUp: () => focus(lines[Math.max(0, index - 1)]!.path),
      Home: () => focus('0'),
      End: () => focus(lines.at(-1)!.path),
      ArrowRight: () => (isOpen ? focus(`${line.path}-0`) : toggle(line, true)),
      ArrowLeft: () => (isOpen ? toggle(line, false) : focus(line.path.replace(/-\d+$/, ''))),
      Enter: () => choose(line.branch.entry),
      ' ': () => choose(line.branch.entry),
      '+': () => more(event, line.branch),
    };
    const key = keys[event.key];
    if (!key) return;
    event.preventDefault();
    key();
  };

  const more = (event: Event, branch: Branch) => {
    event.stopPropagation();
    void cascade.list(branch).catch(() => undefined);
  };

  return (
    <ul ref={box} role="tree" aria-label="What it set off" class="cascade" onKeyDown={press}>
      {lines.map((line) => {
        const { branch, path, level, place, of } = line;
        const hasMore = branch.children.length > 0 || branch.status === 'unread';
        const isOpen = branch.children.length > 0 && !closed.value.has(path);
        const isChosen = branch.entry !== undefined && chosen.value !== null && keyOf(branch.entry) === keyOf(chosen.value);
        return (
          <li
            key={path}
            role="treeitem"
            data-path={path}
            aria-level={level}
            aria-posinset={place}
            aria-setsize={of}
            aria-selected={isChosen}
            tabIndex={path === present ? 0 : -1}
            style={{ paddingInlineStart: `${Math.min(level - 1, DEEPEST)}rem` }}
            onClick={() => {
              at.value = path;
              choose(branch.entry);
            }}
            {...(hasMore && { 'aria-expanded': isOpen })}
          >
            <span
              aria-hidden="true"
              class="cascade-knob"
              onClick={(event) => {
                event.stopPropagation();
                if (hasMore) toggle(line, !isOpen);
              }}
            >
              {hasMore ? (isOpen ? '▾' : '▸') : '·'}
            </span>
            {wordsOf(branch)} <State of={branch} />
            {branch.rest.length > 0 && (
              <button type="button" class="small" tabIndex={-1} onClick={(event) => more(event, branch)}>
                List more of {count(branch.rest.length)} (+)
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function choose(entry: Entry | undefined): void {
  if (entry) chosen.value = entry;
}

const TONES: Record<Branch['status'], string> = { unread: 'quiet', waiting: 'quiet', evaluated: 'good', failed: 'bad', elsewhere: 'quiet' };
const WORDS: Record<Branch['status'], string> = { unread: 'not read yet', waiting: 'waiting…', evaluated: 'evaluated', failed: 'failed', elsewhere: '' };

function State({ of: { status, note, gas } }: { of: Branch }) {
  return (
    <>
      <span class={TONES[status]}>{WORDS[status] || note}</span>
      {gas !== undefined && <span class="quiet"> {count(gas)} gas</span>}
    </>
  );
}

/** What is seen of the tree, from top to bottom. */
function linesOf(branch: Branch, closed: ReadonlySet<string>, path = '0', level = 1, place = 1, of = 1): Line[] {
  const own = { branch, path, level, place, of };
  if (closed.has(path)) return [own];
  const { children } = branch;
  return [own, ...children.flatMap((child, index) => linesOf(child, closed, `${path}-${index}`, level + 1, index + 1, children.length))];
}
