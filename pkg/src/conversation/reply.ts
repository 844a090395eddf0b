import { describe } from '../describe.js';
import { UnitError } from '../error.js';
import type { OutboxMessage } from '../types.js';

/** What a process answered to whoever sent it a message. */
export class Reply {
  /** The process that answered: another one than was asked, if the message was passed on. */
  readonly from: string;
  /** The data, as text; empty if there is none. */
  readonly Data: string;
  /** The tags by their names; of a name that comes more than once, the first. */
  readonly Tags: Readonly<Record<string, string>>;
  /** As it stands in the outcome. */
  readonly message: OutboxMessage;

  /** @internal */
  constructor(from: string, message: OutboxMessage) {
    this.from = from;
    this.message = message;
    this.Data = textOf(message.Data);
    this.Tags = Object.fromEntries([...message.Tags].reverse().map(({ name, value }) => [name, textOf(value)]));
  }

  /** The tag `Action`. */
  get Action(): string | undefined {
    return this.Tags['Action'];
  }

  /**
   * What the data hold, as JSON.
   *
   * @throws {@link UnitError} `NOT_JSON`.
   *
   * @example
   * ```ts
   * const reply = await unit.send(token, { Action: 'Balances' });
   * const balances = reply?.json<Record<string, string>>();
   * ```
   */
  json<T = unknown>(): T {
    if (typeof this.message.Data === 'object' && this.message.Data !== null) return this.message.Data as T;
    try {
      return JSON.parse(this.Data) as T;
    } catch (cause) {
      const message = `the data of the reply of ${this.from} are no JSON: ${describe(this.Data)}`;
      throw new UnitError('NOT_JSON', message, { cause });
    }
  }
}

/** What stands in a field, as text. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
