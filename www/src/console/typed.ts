/** Commands so far, the newest last, and where one is among them. */
export interface Recall {
  /** Counted back from the newest; 0 is what is being written. */
  readonly back: number;
  /** What was being written. */
  readonly draft: string;
}

export const FRESH: Recall = { back: 0, draft: '' };

/** So many are kept. */
const MOST = 200;

/** The history with one command more. The same again is one. */
export function remembered(history: readonly string[], text: string): string[] {
  return [...history.filter((_, index) => index < history.length - 1 || history[index] !== text), text].slice(-MOST);
}

/** One command further back, or forth: where one is then, and its text. Nothing, at either end. */
export function recalled(
  history: readonly string[],
  at: Recall,
  step: 1 | -1,
  text: string,
): { readonly at: Recall; readonly text: string } | undefined {
  const back = at.back + step;
  if (back < 0 || back > history.length) return undefined;
  const draft = at.back === 0 ? text : at.draft;
  return { at: { back, draft }, text: back === 0 ? draft : (history[history.length - back] ?? '') };
}
