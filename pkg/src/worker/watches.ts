import { errorToWire } from '../protocol.js';
import type { UnitEvent } from '../events.js';
import type { Json, WireError } from '../protocol.js';

/** What a watch says to the page. */
export type Told = { watch: number; value: Json<unknown> } | { watch: number; error: WireError };

interface Watch {
  readonly process: string;
  evaluate(): Promise<Json<unknown>>;
  /** What the page was last told, as text. */
  told: string | undefined;
  isEvaluating: boolean;
  /** The state has changed since the evaluation began. */
  isStale: boolean;
}

/** Expressions that are evaluated on a copy when their process has changed, each at most once at a time. */
export class Watches {
  readonly #watches = new Map<number, Watch>();
  readonly #tell: (told: Told) => void;

  constructor(tell: (told: Told) => void) {
    this.#tell = tell;
  }

  get size(): number {
    return this.#watches.size;
  }

  add(id: number, process: string, evaluate: () => Promise<Json<unknown>>): void {
    const watch = { process, evaluate, told: undefined, isEvaluating: false, isStale: false };
    this.#watches.set(id, watch);
    void this.#refresh(id, watch);
  }

  remove(id: number): void {
    this.#watches.delete(id);
  }

  clear(): void {
    this.#watches.clear();
  }

  /** Looks again at every process. */
  noticeAll(): void {
    for (const [id, watch] of this.#watches) void this.#refresh(id, watch);
  }

  /** Looks again at the processes whose state these events have changed. */
  notice(events: readonly UnitEvent[]): void {
    if (this.#watches.size === 0) return;
    const changed = new Set<string>();
    for (const event of events) {
      if (event.type === 'evaluated' && !event.failed) changed.add(event.process);
    }
    for (const [id, watch] of this.#watches) if (changed.has(watch.process)) void this.#refresh(id, watch);
  }

  async #refresh(id: number, watch: Watch): Promise<void> {
    watch.isStale = true;
    if (watch.isEvaluating) return;
    watch.isEvaluating = true;
    while (watch.isStale && this.#watches.has(id)) {
      watch.isStale = false;
      const told = await watch.evaluate().then(
        (value) => ({ watch: id, value }),
        (error: unknown) => ({ watch: id, error: errorOf(error) }),
      );
      const text = 'error' in told ? `${told.error.code} ${told.error.message}` : told.value;
      if (!this.#watches.has(id) || isSameJson(watch.told, text)) continue;
      watch.told = text;
      this.#tell(told);
    }
    watch.isEvaluating = false;
  }
}

function errorOf(thrown: unknown): WireError {
  // A trap of the wasm that holds the unit is the end of this worker, and no matter of one expression.
  if (thrown instanceof WebAssembly.RuntimeError) throw thrown;
  return errorToWire(thrown);
}

/** Lua writes the keys of a table in whatever order it has them: the same value may be spelled in two ways. */
export function isSameJson(one: string | undefined, other: string): boolean {
  if (one === other) return true;
  // Another order is of the same length.
  if (one === undefined || one.length !== other.length) return false;
  try {
    return inOrder(one) === inOrder(other);
  } catch {
    return false;
  }
}

/** JSON with its keys sorted. */
function inOrder(json: string): string {
  return JSON.stringify(JSON.parse(json), (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
