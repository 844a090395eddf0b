import { signal } from '@preact/signals';
import type { ProcessSummary, Unit } from 'ao-unit/unit';
import { changesBetween, type Changes } from './changes.ts';
import { Look } from './look.ts';
import { messageAt } from './log.ts';

/** The present state of a process, and what the last message changed. */
export interface Present {
  readonly look: Look;
  readonly title: string;
  readonly changes: Changes | null | undefined;
}

/** Changes are looked for after so many milliseconds of quiet: a busy process is not held up. */
const QUIET_MS = 150;

/** Follows a process. Of states that follow quickly upon each other, the last is shown. */
export class Live {
  readonly present = signal<Present | undefined>(undefined);
  readonly problem = signal<unknown>(undefined);
  #last: { readonly look: Look; readonly evaluated: number } | undefined;
  #turn = 0;

  /** Shows the process as it is now. */
  async show(unit: Unit, summary: ProcessSummary): Promise<void> {
    const turn = ++this.#turn;
    const nonce = lastNonce(summary);
    const look = Look.now(unit, summary.id, nonce);
    const title = 'Looking for what changed';
    this.present.value = { look, title, changes: undefined };
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
    if (turn !== this.#turn) return;
    try {
      const [told, changes] = await this.#changes(unit, summary, look, nonce);
      if (turn !== this.#turn) return;
      this.present.value = { look, title: told, changes };
      this.#last = { look, evaluated: summary.evaluated };
      this.problem.value = undefined;
    } catch (error) {
      if (turn === this.#turn) this.problem.value = error;
    }
  }

  /** Forgets what was looked at, and lets what is under way come to nothing. */
  stop(): void {
    this.#turn += 1;
  }

  async #changes(unit: Unit, summary: ProcessSummary, look: Look, nonce: number): Promise<[title: string, changes: Changes | null]> {
    const name = await nameOfMessage(unit, summary.id, nonce);
    if (summary.cron && (await endsInTick(unit, summary.id))) {
      const since = nonce === 0 ? 'the process began' : `message ${nonce}`;
      return [`Ticks of the cron since ${since}`, await changesBetween(Look.then(unit, summary.id, nonce), look)];
    }
    if (nonce === 0) return ['No message has come yet', null];
    if ((await unit.outcomeAt(summary.id, nonce)).Error) return [`${name} failed`, { list: [], isCut: false }];
    const last = this.#last;
    const isNext = last?.look.process === summary.id && last.evaluated === summary.evaluated - 1 && last.look.nonce === nonce - 1;
    const before = isNext ? last.look.settled(unit) : Look.then(unit, summary.id, nonce - 1);
    const ticks = summary.cron && !isNext ? ', and ticks of the cron before it' : '';
    return [`${name}${ticks}`, await changesBetween(before, look)];
  }
}

/** The nonce of the last message that was evaluated. */
export function lastNonce({ nextNonce, length, evaluated }: ProcessSummary): number {
  return Math.max(0, nextNonce - 1 - (length - evaluated));
}

/** A message in words: its nonce and its action. */
export async function nameOfMessage(unit: Unit, process: string, nonce: number): Promise<string> {
  const message = await messageAt(unit, process, nonce);
  return message?.action ? `Message ${nonce} (${message.action})` : `Message ${nonce}`;
}

/** Whether the last outcome is that of a tick: its cursor says so. */
async function endsInTick(unit: Unit, process: string): Promise<boolean> {
  const { edges } = await unit.results({ process, limit: 1, sort: 'DESC' });
  const cursor = edges[0]?.cursor;
  if (!cursor) return false;
  const { cron } = JSON.parse(atob(cursor)) as { cron?: string | null };
  return cron !== null && cron !== undefined;
}
