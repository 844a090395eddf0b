import { signal } from '@preact/signals';

/** Something about a place in the user's files. */
export interface Problem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** What the last run found; the editor marks it. */
export const problems = signal<readonly Problem[]>([]);
