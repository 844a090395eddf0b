import { Reply, textOf } from '../conversation/reply.js';
import { withoutColours } from '../conversation/text.js';
import type { Outcome, OutboxMessage, Receipt } from '../types.js';

/** A message of a test, and what came of it. */
export class Exchange {
  readonly id: string;
  readonly process: string;
  readonly nonce: number;
  /** Whom it was from. */
  readonly from: string;
  /** As the process left it. */
  readonly outcome: Outcome;

  /** @internal */
  constructor(receipt: Receipt, from: string, outcome: Outcome) {
    ({ id: this.id, process: this.process, nonce: this.nonce } = receipt);
    this.from = from;
    this.outcome = outcome;
  }

  /** Why the evaluation failed, in Lua's own words and without colours; `undefined` if it did not. */
  get error(): string | undefined {
    return this.outcome.Error === undefined ? undefined : withoutColours(this.outcome.Error);
  }

  /** What was printed, or answered to an `Eval`, without colours. */
  get output(): string {
    return withoutColours(textOf(this.outcome.Output?.data));
  }

  /** The first message that the process sent back to whom it heard from; `null` if there is none. */
  get reply(): Reply | null {
    return this.sentTo(this.from)[0] ?? null;
  }

  /** Every message that the process sent to one address. */
  sentTo(address: string): Reply[] {
    return this.outcome.Messages.filter(({ Target }) => Target === address).map(this.#received);
  }

  /** Every message that the process sent, in its order. */
  get sent(): (Reply & { readonly Target: string })[] {
    return this.outcome.Messages.map((message) => Object.assign(this.#received(message), { Target: message.Target ?? '' }));
  }

  readonly #received = (message: OutboxMessage): Reply => new Reply(this.process, message);
}
