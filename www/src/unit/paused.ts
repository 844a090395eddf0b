import { effect, signal } from '@preact/signals';
import type { PausedCause } from 'ao-unit/unit';
import { unit } from './session.ts';

/** The messages from which so much has followed that the rest waits. */
export const paused = signal<readonly PausedCause[]>([]);

/** Lets all of them go on. */
export async function resumeAll(): Promise<void> {
  const opened = unit.value;
  if (!opened) return;
  for (const { cause } of paused.value) await opened.resume(cause);
}

effect(() => {
  const opened = unit.value;
  paused.value = [];
  if (!opened) return;
  const look = () => {
    void opened.paused().then(
      (causes) => (paused.value = causes),
      () => undefined,
    );
  };
  look();
  const ends = (['paused', 'removed', 'resumed'] as const).map((type) => opened.on(type, look));
  return () => {
    for (const end of ends) end();
  };
});
