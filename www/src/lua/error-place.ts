/** Where an error of Lua is from. */
export interface ErrorPlace {
  /** The name of the chunk: `aos` is what a process was sent, other names are those of required files. */
  readonly chunk: string;
  /** Counted from 1. */
  readonly line: number;
}

/** What an error of a process says, taken apart. */
export interface ErrorReport {
  /** Without the places in front. */
  readonly message: string;
  /** In the user's own code; missing when the error names no place there. */
  readonly place: ErrorPlace | undefined;
  /** The handler that failed; those of the runtime's own begin with `_`. A failed `Eval` names none. */
  readonly handler: string | undefined;
  /** Lines where functions begin that the error passed through: they tell which source it was. */
  readonly functions: readonly ErrorPlace[];
}

const COLOURS = /\u001b\[[\d;]*m/g;
const PLACE = /^(?:\[string "([^"\n]*)"\]|([^\s:[\]"]+(?: [^\s:[\]"]+)*\.lua)):(\d+): /;
const STACK_PLACE = /^\t(?:\[string "([^"\n]*)"\]|([^\n:[\]"]+\.lua)):(\d+): in /m;
const FUNCTION = /in function <(?:\[string "([^"\n]*)"\]|([^\n:<>"]+\.lua)):(\d+)>/g;

/**
 * Reads the `Error` of an outcome. A failed handler's has what was printed in front, a traceback in the middle, and
 * the error itself at the end; one of Lua that does not compile is that alone.
 */
export function errorReport(error: string): ErrorReport {
  const text = error.replace(COLOURS, '');
  const split = text.lastIndexOf('\nerror:\n');
  const trace = split < 0 ? '' : text.slice(0, split);
  let message = split < 0 ? text.trim() : text.slice(split + '\nerror:\n'.length).trim();
  let place: ErrorPlace | undefined;
  // Each function on the way may have put its own place in front: the last is where it began.
  for (let found = PLACE.exec(message); found; found = PLACE.exec(message)) {
    message = message.slice(found[0].length);
    place = placeOf(found) ?? place;
  }
  const handler = /^\tin handler '(.*)'$/m.exec(trace)?.[1];
  return {
    message,
    place: place ?? placeOf(STACK_PLACE.exec(trace)),
    handler,
    functions: [...trace.matchAll(FUNCTION)].map(placeOf).filter((found) => found !== undefined),
  };
}

/** The place, unless it is the runtime's own: its chunks begin with a dot. */
function placeOf(match: RegExpExecArray | null): ErrorPlace | undefined {
  const chunk = match?.[1] ?? match?.[2];
  return chunk === undefined || chunk.startsWith('.') ? undefined : { chunk, line: Number(match?.[3]) };
}
