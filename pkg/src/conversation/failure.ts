import { UnitError } from '../error.js';
import { withoutColours } from './text.js';
import type { Outcome } from '../types.js';

/** A message failed, in the words of the process. The state of the process is what it was before. */
export class ProcessFailure extends UnitError {
  /** The process. It exists, when it was its own source that failed, too. */
  readonly process: string;
  /** The id of the message; of a process that was deployed, its own. */
  readonly messageId: string;
  readonly outcome: Outcome;

  /** @internal */
  constructor(code: 'DEPLOY_FAILED' | 'EVALUATION_FAILED', words: string, at: { process: string; id: string }, outcome: Outcome) {
    super(code, words);
    this.process = at.process;
    this.messageId = at.id;
    this.outcome = outcome;
  }
}

/**
 * The outcome, unless the evaluation failed.
 *
 * @throws {@link ProcessFailure}.
 */
export function succeeded(
  code: 'DEPLOY_FAILED' | 'EVALUATION_FAILED',
  at: { process: string; id: string },
  outcome: Outcome,
): Outcome {
  if (outcome.Error === undefined) return outcome;
  throw new ProcessFailure(code, withoutColours(outcome.Error), at, outcome);
}
