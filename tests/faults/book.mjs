// What is known of a unit's processes, look by look.

/** Processes as `evidence.js` has them, put together of what it read of them each time. */
export class Book {
  #processes = new Map();

  processes() {
    return [...this.#processes.values()];
  }

  /** How far each is known. */
  known() {
    const place = ({ length, log, cursor }) => ({ length, nonce: log.at(-1).nonce, cursor });
    return Object.fromEntries([...this.#processes].map(([id, process]) => [id, place(process)]));
  }

  /** Adds what processes have beyond what is known, and forgets those that are gone. */
  enter({ ids, processes }) {
    for (const id of this.#processes.keys()) if (!ids.includes(id)) this.#processes.delete(id);
    for (const { log, sent, ...rest } of processes) {
      const before = this.#processes.get(rest.id) ?? { log: [], sent: [] };
      this.#processes.set(rest.id, { ...rest, log: [...before.log, ...log], sent: [...before.sent, ...sent] });
    }
  }

  /** Forgets all of it: the next look is at everything. */
  clear() {
    this.#processes.clear();
  }
}
