import type { Run } from './demo.ts';

const KEY = 'ao-unit.www.run';

/** Remembers the last run: the ids and what came of them. The processes themselves are in the unit's storage. */
export function saveRun(run: Run): void {
  localStorage.setItem(KEY, JSON.stringify(run));
}

/** The last run, if there is one. */
export function savedRun(): Run | undefined {
  const json = localStorage.getItem(KEY);
  if (json === null) return undefined;
  try {
    return JSON.parse(json) as Run;
  } catch {
    localStorage.removeItem(KEY);
    return undefined;
  }
}

/** Forgets it. */
export function forgetRun(): void {
  localStorage.removeItem(KEY);
}
