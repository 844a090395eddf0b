import type { EventType, UnitEvent } from '../events.js';
import type { Unit } from '../wasm/unit.js';
import type { Watches } from './watches.js';

/**
 * What the unit tells, sifted here, so that the page hears of nothing that it did not ask for: of one commit, one
 * message with the events of the subscribed types, or none.
 */
export class Feed {
  readonly #unit: () => Unit;
  readonly #watches: Watches;
  readonly #tell: (events: UnitEvent[]) => void;
  #types = new Set<EventType>();
  #isListening = false;

  constructor(unit: () => Unit, watches: Watches, tell: (events: UnitEvent[]) => void) {
    this.#unit = unit;
    this.#watches = watches;
    this.#tell = tell;
  }

  subscribe(types: readonly EventType[]): void {
    this.#types = new Set(types);
    this.listen();
  }

  /** Listens to the unit, if anybody wants to know. */
  listen(): void {
    if (this.#isListening || !this.#isWanted) return;
    this.#unit().subscribe((text: string) => this.#sift(text));
    this.#isListening = true;
  }

  /** Listens to a unit that is in another's place, and looks at what it has. */
  listenAnew(): void {
    this.#isListening = false;
    this.listen();
    this.#watches.noticeAll();
  }

  /** Answers whether to be told more. */
  #sift(text: string): boolean {
    this.#isListening = this.#isWanted;
    if (!this.#isListening) return false;
    const events = JSON.parse(text) as UnitEvent[];
    const wanted = events.filter(({ type }) => this.#types.has(type));
    if (wanted.length > 0) this.#tell(wanted);
    this.#watches.notice(events);
    return true;
  }

  get #isWanted(): boolean {
    return this.#types.size > 0 || this.#watches.size > 0;
  }
}
