import { checkObject, checkText } from '../arguments.js';
import { checkEventType, guarded, type EventType, type UnitEvent } from '../events.js';
import { parse } from '../calls.js';
import { ReadingHandle } from './reading.js';
import type { UnitError } from '../error.js';
import type { InspectOptions, ReadOptions } from './state.js';

/** What `unit.watch()` takes beside the callback. */
export interface WatchOptions extends InspectOptions {
  /** Called when the expression cannot be evaluated. The watch goes on. */
  onError?: ((error: UnitError) => void) | undefined;
}

/** The unit as it is watched: values of expressions, and events. */
export abstract class WatchingHandle extends ReadingHandle {
  /**
   * The value of a Lua expression, evaluated on a copy of the process as its owner would: it reads, and changes
   * nothing. Lua's `nil` is `null`, an empty table is `[]`, and what JSON cannot hold is text, as Lua writes it.
   *
   * @throws {@link UnitError} `INSPECTION_FAILED` with Lua's own message, `PROCESS_NOT_FOUND`; `TIMEOUT`, `ABORTED`.
   *
   * @example
   * ```ts
   * const balance = await unit.inspect<number>(token, 'Balances["recipient-a"]');
   * ```
   */
  async inspect<T = unknown>(process: string, expression: string, options: ReadOptions = {}): Promise<T> {
    checkText('process', process);
    checkText('the expression', expression);
    checkObject('what is taken beside the expression', options);
    const { owner, ...wait } = options;
    return (await this.parsed(wait, 'inspect', process, expression, owner)) as T;
  }

  /**
   * Calls back with the value of a Lua expression, as {@link WatchingHandle.inspect} has it: with the present one
   * first, and from then on when it has changed. It is looked at in the worker, after commits that evaluated something
   * of that process; of values that follow quickly upon each other, only the last is sure to be told.
   *
   * @returns what ends the watch.
   *
   * @example
   * ```ts
   * const unwatch = unit.watch<number>(token, 'Balances["recipient-a"]', (balance) => {
   *   output.textContent = String(balance);
   * });
   * ```
   */
  watch<T = unknown>(
    process: string,
    expression: string,
    callback: (value: T) => void,
    { owner, onError }: WatchOptions = {},
  ): () => void {
    checkText('process', process);
    checkText('the expression', expression);
    const watcher = {
      onValue: (value: string) => guarded(() => callback(parse<T>(value))),
      onError: (error: UnitError) => guarded(() => onError?.(error)),
    };
    return this.subscribed(this.opened.watch(watcher, process, expression, owner));
  }

  /**
   * Calls back with events of one type, once what they tell is durable, in the order in which it happened. What
   * happened earlier is not told.
   *
   * @returns what ends that.
   * @throws a `RangeError` for a type that there is not; {@link UnitError} `CLOSED`.
   *
   * @example
   * ```ts
   * const off = unit.on('evaluated', ({ process, nonce, failed }) => console.log(process, nonce, failed));
   * ```
   */
  on<T extends EventType>(type: T, listener: (event: UnitEvent<T>) => void): () => void {
    checkEventType(type);
    return this.subscribed(this.opened.listeners.add(type, listener));
  }
}
