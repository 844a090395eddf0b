import { effect, signal, type Signal } from '@preact/signals';
import { embedded } from './embedded.ts';

/** So long a value rests before it is written, in milliseconds: a key that is pressed waits for no disk. */
const REST_MS = 300;

/**
 * A signal whose value is kept for this origin, so that a reload has it again. What cannot be read is forgotten. A
 * snippet in another page keeps nothing: there may be many of them.
 */
export function kept<T>(name: string, initial: T): Signal<T> {
  if (embedded) return signal(initial);
  const key = `ao-unit-playground:${name}`;
  const value = signal(read(key, initial));
  let due: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    clearTimeout(due);
    due = undefined;
    try {
      localStorage.setItem(key, JSON.stringify(value.peek()));
    } catch {
      // Storage may be refused or full: then it lasts as long as the page.
    }
  };
  effect(() => {
    void value.value;
    due ??= setTimeout(save, REST_MS);
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
