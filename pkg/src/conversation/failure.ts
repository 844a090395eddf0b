import { UnitError } from '../error.js';
import { withoutColours } from './text.js';
import type { Outcome } from '../types.js';

type FailureCode = 'DEPLOY_FAILED' | 'EVALUATION_FAILED';

/** A message of a process. */
interface Place {
  process: string;
  id: string;
}

/** A message failed, in the words of the process. The state of the process is what it was before. */
export class ProcessFailure extends UnitError {
  /** The process. It exists, when it was its own source that failed, too. */
  readonly process: string;
  /** The id of the message; of a process that was deployed, its own. */
  readonly messageId: string;
  readonly outcome: Outcome;

  /** @internal */
  constructor(code: FailureCode, at: Place, outcome: Outcome) {
    super(code, withoutColours(outcome.Error ?? ''));
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
export function succeeded(code: FailureCode, at: Place, outcome: Outcome): Outcome {
  if (outcome.Error === undefined) return outcome;
  throw new ProcessFailure(code, at, outcome);
}
