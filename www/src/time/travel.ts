import { signal } from '@preact/signals';
import type { ProcessSummary, Unit } from 'ao-unit/unit';
import { changesBetween, type Changes } from '../state/changes.ts';
import { Look } from '../state/look.ts';
import type { Moment } from './moments.ts';

/** A state of the past, and how it differs from another. */
export interface Past {
  readonly look: Look;
  readonly title: string;
  readonly changes: Changes | null | undefined;
}

/** The slider rests so many milliseconds before a state is brought back. */
const REST_MS = 150;
/** So many states are remembered by what was asked of them: the past does not change. */
const MAX_LOOKS = 50;

/** Brings back states of a process. Of those that are asked for quickly, the last is shown. */
export class Travel {
  readonly past = signal<Past | undefined>(undefined);
  readonly problem = signal<unknown>(undefined);
  /** The nonce of the state that is being brought back. */
  readonly underWay = signal<number | undefined>(undefined);
  readonly #looks = new Map<string, Look>();
  #turn = 0;

  /** Shows the state after one message, and how it differs from that after another. */
  async show(unit: Unit, summary: ProcessSummary, at: Moment, against: Moment | undefined): Promise<void> {
    const turn = ++this.#turn;
    this.underWay.value = at.nonce;
    try {
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
      if (turn !== this.#turn) return;
      const look = this.#look(unit, summary.id, at.nonce);
      // Whoever asks for a message that has not been evaluated waits for it here.
      await unit.outcomeAt(summary.id, at.nonce);
      if (turn !== this.#turn) return;
      this.past.value = { look, title: 'Comparing', changes: undefined };
      this.problem.value = undefined;
      this.past.value = { look, ...(await this.#compared(unit, summary, at, against)) };
    } catch (error) {
      if (turn === this.#turn) this.problem.value = error;
    } finally {
      if (turn === this.#turn) this.underWay.value = undefined;
    }
  }

  /** Lets what is under way come to nothing. */
  stop(): void {
    this.#turn += 1;
    this.underWay.value = undefined;
  }

  async #compared(unit: Unit, { id, cron }: ProcessSummary, at: Moment, against: Moment | undefined): Promise<{ title: string; changes: Changes | null }> {
    if (!against) return { title: at.nonce === 0 ? 'The process begins here' : 'Another message is needed to compare with', changes: null };
    const ticks = cron ? ', with the ticks of the cron between them' : '';
    const title = `From ${against.name} to ${at.name}${ticks}`;
    return { title, changes: await changesBetween(this.#look(unit, id, against.nonce), this.#look(unit, id, at.nonce)) };
  }

  #look(unit: Unit, process: string, nonce: number): Look {
    const key = `${process} ${nonce}`;
    const look = this.#looks.get(key) ?? Look.then(unit, process, nonce);
    this.#looks.delete(key);
    this.#looks.set(key, look);
    const oldest = this.#looks.keys().next().value;
    if (this.#looks.size > MAX_LOOKS && oldest !== undefined) this.#looks.delete(oldest);
    return look;
  }
}
