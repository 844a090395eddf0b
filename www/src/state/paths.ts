const STEPS = /^\w+|\["(?:[^"\\]|\\.)*"\]|\[[^"\]]*\]/g;

/** A path taken apart: `own["Balances"]` is `own` and `["Balances"]`. */
export function stepsOf(path: string): string[] {
  return path.match(STEPS) ?? [];
}

/** The tables on the way to what is at a path, the outermost first. */
export function tablesAbove(path: string): string[] {
  const steps = stepsOf(path);
  return steps.slice(1).map((_, index) => steps.slice(0, index + 1).join(''));
}
