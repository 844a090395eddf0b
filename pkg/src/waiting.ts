import { checkObject } from './arguments.js';
import { describe } from './describe.js';
import { UnitError } from './error.js';

/**
 * How long a call that waits is waited for. What it has begun by then goes on, and may be done: a message that was sent
 * stays sent.
 */
export interface WaitOptions {
  /** After so many milliseconds the call rejects with `TIMEOUT`. It waits for as long as it takes, if left out. */
  timeout?: number | undefined;
  /** When it is aborted, the call rejects with `ABORTED`, whose cause is the reason of the signal. */
  signal?: AbortSignal | undefined;
}

/** Timers count in 32 bits: what is longer would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Runs a call that somebody may tire of waiting for. `run` is given a signal that is aborted then, with the error that
 * the call rejects with; it is `undefined` when nobody will. Whatever `run` comes to after that is of no interest.
 *
 * @throws {@link UnitError} `TIMEOUT`, `ABORTED`; `ARGUMENT_INVALID` for a timeout that is no number from 0 on, or a
 *   signal that is none.
 */
export async function waiting<T>(wait: WaitOptions, run: (given: AbortSignal | undefined) => Promise<T>): Promise<T> {
  checkObject('how long a call is waited for', wait);
  const { timeout, signal } = wait;
  check(timeout, signal);
  if (timeout === undefined && signal === undefined) return run(undefined);
  const given = new AbortController();
  const deadline = performance.now() + (timeout ?? Infinity);
  const abort = () => given.abort(aborted(signal?.reason));
  const timer = timeout !== undefined && timeout <= LONGEST_MS ? setTimeout(expire, timeout) : undefined;
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);
  try {
    const value = await unlessAborted(given.signal, () => run(given.signal));
    // Where the unit is in this very thread, as in Node, no timer fires and nobody aborts while it evaluates.
    if (performance.now() >= deadline) expire();
    else if (signal?.aborted) abort();
    given.signal.throwIfAborted();
    return value;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }

  function expire() {
    const remedy = 'what was begun goes on, and a result can be asked for again';
    given.abort(new UnitError('TIMEOUT', `the call had no answer after ${timeout} ms: ${remedy}`));
  }
}

/** What `run` comes to, or the signal's reason, whichever is first. Nothing is run when it is aborted already. */
export function unlessAborted<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const give = () => reject(signal.reason as UnitError);
    if (signal.aborted) return give();
    const done = () => signal.removeEventListener('abort', give);
    signal.addEventListener('abort', give, { once: true });
    run().finally(done).then(resolve, reject);
  });
}

function aborted(reason: unknown): UnitError {
  return new UnitError('ABORTED', 'the call was aborted before it had an answer', { cause: reason });
}

function check(timeout: unknown, signal: unknown): void {
  if (timeout !== undefined && !(typeof timeout === 'number' && timeout >= 0)) {
    throw new UnitError('ARGUMENT_INVALID', `timeout is a number of milliseconds from 0 on, not ${describe(timeout)}`);
  }
  // Not `instanceof`: a page may have a signal of another window, or of a library.
  const { addEventListener, aborted } = Object(signal) as Partial<AbortSignal>;
  if (signal !== undefined && !(typeof addEventListener === 'function' && typeof aborted === 'boolean')) {
    throw new UnitError('ARGUMENT_INVALID', `signal is an AbortSignal, not ${describe(signal)}`);
  }
}
