import type { Unit } from '../wasm/unit.js';
import type { Tag } from '../types.js';

/** What never changes about a process. */
export interface Origin {
  /** Whom its first message made its owner. */
  owner: string;
  module: string;
}

/** The origins of processes, each read once. */
export class Origins {
  readonly #unit: () => Unit;
  readonly #known = new Map<string, Origin>();

  constructor(unit: () => Unit) {
    this.#unit = unit;
  }

  /** @throws `PROCESS_NOT_FOUND`. */
  async of(process: string): Promise<Origin> {
    const known = this.#known.get(process);
    if (known) return known;
    const { page } = await this.#unit().logItems(process, 0, 1);
    const [first] = (JSON.parse(page) as { edges: { node: { message: Spawn } }[] }).edges;
    const { owner, tags } = first?.node.message ?? { owner: { address: '' }, tags: [] };
    const valueOf = (wanted: string) => tags.find(({ name }) => name === wanted)?.value;
    // A process that another one spawned belongs to that one, and not to the unit that delivered the spawn.
    const origin = { owner: valueOf('From-Process') ?? owner.address, module: valueOf('Module') ?? '' };
    this.#known.set(process, origin);
    return origin;
  }
}

interface Spawn {
  owner: { address: string };
  tags: Tag[];
}
