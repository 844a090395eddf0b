/**
 * Errors as aoconnect throws them. Each has a `code` of {@link UnitError} besides, and what was thrown underneath as its
 * cause.
 */
import { UnitError } from '../error.js';
import { refusalOf } from '../network/refusal.js';
import type { ArgumentCheck, Issue } from '../arguments.js';

/** The error of zod, as far as callers look into it: aoconnect throws it where it does not put it into words. */
export class ZodError extends Error {
  override readonly name = 'ZodError';
  readonly code = 'ARGUMENT_INVALID';

  constructor(readonly issues: Issue[]) {
    super(JSON.stringify(issues, null, 2));
  }

  /** The same as `issues`: zod has both names. */
  get errors(): Issue[] {
    return this.issues;
  }
}

/** @throws {@link ZodError} if anything was wrong. */
export function doneAsZod({ issues }: ArgumentCheck): void {
  if (issues.length > 0) throw new ZodError(issues);
}

/**
 * A call of aoconnect: an error of the unit is a plain one there, and an argument that cannot even be taken apart is
 * thrown at once.
 */
export function asCall<O, T>(call: (options: O) => Promise<T>): (options: O) => Promise<T> {
  return (options) => {
    let answer;
    try {
      answer = call(options);
    } catch (thrown) {
      throw coded(thrown, 'ARGUMENT_INVALID');
    }
    return answer.catch((thrown: unknown) => {
      throw plain(thrown);
    });
  };
}

/** The error, with a code, unless it has one. */
export function coded(thrown: unknown, code: string): unknown {
  return thrown instanceof Error && typeof (thrown as Partial<UnitError>).code !== 'string'
    ? Object.assign(thrown, { code })
    : thrown;
}

/** What a messenger unit answers; what it refuses, in the words in which aoconnect passes a refusal on. */
export async function accepted<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((thrown: unknown) => {
    if (!isRefusal(thrown)) throw thrown;
    const { status, body } = refusalOf(thrown);
    throw Object.assign(new Error(`${status}: ${body}`, { cause: thrown }), { code: thrown.code });
  });
}

/** What a compute unit or a scheduler answers: aoconnect does not look at the status, and resolves to a refusal, too. */
export async function answered<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((thrown: unknown) => {
    if (!isRefusal(thrown)) throw thrown;
    return JSON.parse(refusalOf(thrown).body) as T;
  });
}

/** The unit answered, and said no. A unit that is not there answers nothing: the network would be down. */
export function isRefusal(thrown: unknown): thrown is UnitError {
  return thrown instanceof UnitError && !['ABORTED', 'CLOSED', 'CRASHED', 'TIMEOUT'].includes(thrown.code);
}

function plain(thrown: unknown): unknown {
  if (!(thrown instanceof UnitError)) return thrown;
  const { message, code } = thrown;
  // Why a call was given up is for its caller to know, not how.
  const cause = code === 'ABORTED' ? thrown.cause : thrown;
  return Object.assign(new Error(message, { cause }), { code });
}
