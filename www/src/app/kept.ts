import { effect, signal, type Signal } from '@preact/signals';
import { embedded } from './embedded.ts';
import { over, trouble } from './troubles.ts';

/** So long a value rests before it is written, in milliseconds: a key that is pressed waits for no disk. */
const REST_MS = 300;

/** What a value does when another tab writes it. */
export interface Sharing {
  /** The value is the other tab's now: it was not changed here, or not since the other had it. */
  readonly taken?: () => void;
  /**
   * It was changed here as well: nothing more is written before one of the two is chosen; `undefined`, once both are
   * the same. Without this, a value that was changed here goes over the other's.
   */
  readonly differs?: (choice: Choice | undefined) => void;
}

/** Which of two values is right: the choice is the reader's. */
export interface Choice {
  /** This tab's is, in the others too. */
  keep(): void;
  /** The other tab's is. */
  take(): void;
}

/** The values of this page by their names. */
const values = new Map<string, { save(): void; reread(): void }>();

/**
 * A signal whose value is kept for this origin, so that a reload has it again. What cannot be read is forgotten; what
 * cannot be written lasts as long as the page, which says so. A snippet in another page keeps nothing: there may be
 * many of them.
 *
 * @param sharing - follows what other tabs write; without it, each tab has its own until it is reloaded.
 */
export function kept<T>(name: string, initial: T, sharing?: Sharing): Signal<T> {
  if (embedded) return signal(initial);
  const key = `ao-unit-playground:${name}`;
  /** What is stored, as far as this tab knows, and the value that it is of. */
  let known = textOf(key);
  const value = signal(valueOf(known, initial));
  let agreed = value.peek();
  let due: ReturnType<typeof setTimeout> | undefined;
  let differs = false;

  const settle = () => {
    clearTimeout(due);
    due = undefined;
    if (differs) sharing?.differs?.(undefined);
    differs = false;
  };
  const reread = () => {
    settle();
    known = textOf(key);
    agreed = valueOf(known, initial);
    value.value = agreed;
  };
  const put = () => {
    settle();
    const text = JSON.stringify(value.peek());
    if (!store(key, text)) return;
    known = text;
    agreed = value.peek();
  };
  const take = () => {
    reread();
    sharing?.taken?.();
  };
  const ask = () => {
    differs = true;
    sharing?.differs?.({ keep: put, take });
  };
  const save = () => {
    due = undefined;
    if (differs) return;
    // Another tab may have written while this one slept, and heard of nothing.
    const there = sharing?.differs ? textOf(key) : known;
    if (there === known || there === null || there === JSON.stringify(value.peek())) put();
    else ask();
  };
  /** Another tab wrote `text` in the place of `before`. */
  const heard = (before: string | null, text: string) => {
    const isSame = text === JSON.stringify(value.peek());
    const isUnedited = due === undefined && !differs;
    if (isSame || (isUnedited && (before === known || !sharing?.differs))) take();
    else if (sharing?.differs) ask();
  };

  effect(() => {
    if (value.value !== agreed) due ??= setTimeout(save, REST_MS);
  });
  // A page that is left has no later.
  window.addEventListener('pagehide', () => {
    if (due !== undefined) save();
  });
  if (sharing) {
    window.addEventListener('storage', (event) => {
      if (event.key === key && event.newValue !== null) heard(event.oldValue, event.newValue);
    });
  }
  values.set(name, { save: put, reread });
  return value;
}

/** Takes over what is stored under these names. */
export function rereadKept(names: readonly string[]): void {
  for (const name of names) values.get(name)?.reread();
}

/** Writes what this tab has under these names. */
export function saveKept(names: readonly string[]): void {
  for (const name of names) values.get(name)?.save();
}

function textOf(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function valueOf<T>(text: string | null, initial: T): T {
  try {
    return text === null ? initial : (JSON.parse(text) as T);
  } catch {
    return initial;
  }
}

/** The values that are not kept as they are. */
const failing = new Map<string, 'PAGE_QUOTA' | 'PAGE_STORAGE'>();

/** Writes a value; whether it is kept now. The reader hears of the first failure of each. */
function store(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
  } catch (error) {
    const code = error instanceof DOMException && error.name === 'QuotaExceededError' ? 'PAGE_QUOTA' : 'PAGE_STORAGE';
    if (failing.get(key) !== code) trouble(code, 'What you changed is in this page, but is not kept: a reload has it as it was before.');
    failing.set(key, code);
    return false;
  }
  const before = failing.get(key);
  failing.delete(key);
  if (before && ![...failing.values()].includes(before)) over(before);
  return true;
}
