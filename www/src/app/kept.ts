import { effect, signal, type Signal } from '@preact/signals';
import { embedded } from './embedded.ts';

/**
 * A signal whose value is kept for this origin, so that a reload has it again. What cannot be read is forgotten. A
 * snippet in another page keeps nothing: there may be many of them.
 */
export function kept<T>(name: string, initial: T): Signal<T> {
  if (embedded) return signal(initial);
  const key = `ao-unit-playground:${name}`;
  const value = signal(read(key, initial));
  effect(() => {
    const text = JSON.stringify(value.value);
    try {
      localStorage.setItem(key, text);
    } catch {
      // Storage may be refused or full: then it lasts as long as the page.
    }
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
