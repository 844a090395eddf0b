import { effect, signal, type Signal } from '@preact/signals';
import { embedded } from './embedded.ts';
import { over, trouble } from './troubles.ts';

/** So long a value rests before it is written, in milliseconds: a key that is pressed waits for no disk. */
const REST_MS = 300;

/**
 * A signal whose value is kept for this origin, so that a reload has it again. What cannot be read is forgotten; what
 * cannot be written lasts as long as the page, which says so. A snippet in another page keeps nothing: there may be
 * many of them.
 */
export function kept<T>(name: string, initial: T): Signal<T> {
  if (embedded) return signal(initial);
  const key = `ao-unit-playground:${name}`;
  const value = signal(read(key, initial));
  let written = value.peek();
  let due: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    clearTimeout(due);
    due = undefined;
    if (store(key, JSON.stringify(value.peek()))) written = value.peek();
  };
  effect(() => {
    if (value.value !== written) due ??= setTimeout(save, REST_MS);
  });
  // A page that is left has no later.
  globalThis.addEventListener?.('pagehide', () => {
    if (due !== undefined) save();
  });
  return value;
}

function read<T>(key: string, initial: T): T {
  try {
    const text = localStorage.getItem(key);
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
