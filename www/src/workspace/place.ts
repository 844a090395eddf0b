import { errorReport, type ErrorPlace } from '../lua/error-place.ts';
import { MAIN, type SourceFile } from './source-file.ts';

/** Something about a place in the user's files. */
export interface Problem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What stood there when it was found. */
  readonly code?: string | undefined;
}

/** What Lua calls a source that a process was sent. */
const SENT = 'aos';

/**
 * The place in `files` that an `Error` is about, if they are what the process was sent.
 *
 * @param kind - `run`: it is the outcome of these very files. `handler`: it came later, and may be of a handler that
 *   was defined elsewhere, such as at the prompt.
 */
export function problemOf(error: string, files: readonly SourceFile[], kind: 'run' | 'handler'): Problem | undefined {
  const { message, place, handler, functions } = errorReport(error);
  if (!place || (kind === 'handler' && (handler === undefined || !functions.every((one) => beginsFunction(one, files))))) {
    return undefined;
  }
  const file = fileOf(place, files);
  const code = file && lineOf(file, place.line);
  if (!file || code === undefined) return undefined;
  const inHandler = handler === undefined || handler.startsWith('_') ? '' : ` (in handler '${handler}')`;
  return { file: file.name, line: place.line, severity: 'error', message: message + inHandler, code };
}

/** Whether a function can begin there: if not, the error is of another source. */
function beginsFunction(place: ErrorPlace, files: readonly SourceFile[]): boolean {
  const file = fileOf(place, files);
  return file !== undefined && (lineOf(file, place.line) ?? '').includes('function');
}

function fileOf({ chunk }: ErrorPlace, files: readonly SourceFile[]): SourceFile | undefined {
  return files.find(({ name }) => name === (chunk === SENT ? MAIN : chunk));
}

function lineOf({ text }: SourceFile, line: number): string | undefined {
  return text.split('\n')[line - 1];
}

/** The number of the line in `text` that a problem is about now: others may stand in front of it by now. */
export function lineNow({ line, code }: Problem, text: string): number | undefined {
  const lines = text.split('\n');
  if (code === undefined) return line <= lines.length ? line : undefined;
  if (lines[line - 1] === code) return line;
  const first = lines.indexOf(code);
  return first >= 0 && lines.indexOf(code, first + 1) < 0 ? first + 1 : undefined;
}
