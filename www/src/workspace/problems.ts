import { signal } from '@preact/signals';

export type { Problem } from './place.ts';
import type { Problem } from './place.ts';

/** What the last run found; the editor marks it. */
export const problems = signal<readonly Problem[]>([]);

/** Adds a problem. What is said of this line already is said anew. */
export function addProblem(problem: Problem): void {
  const others = problems.value.filter(({ file, line }) => file !== problem.file || line !== problem.line);
  problems.value = [...others, problem];
}

/** A place that the editor is asked to show; each ask is another object. */
export const revealed = signal<{ readonly file: string; readonly line: number } | null>(null);

/** Shows a place in the editor, and puts the cursor there. */
export function reveal(file: string, line: number): void {
  revealed.value = { file, line };
}
