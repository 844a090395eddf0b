import { signal } from '@preact/signals';
import type { Look, Page } from './look.ts';
import { stepsOf, tablesAbove } from './paths.ts';

/** Which tables of a state are open, and the pages of them that are shown. It stays when another state is shown. */
export class TreeModel {
  /** By path, of what is open. */
  readonly pages = signal<ReadonlyMap<string, Page>>(new Map());
  readonly problem = signal<unknown>(undefined);
  readonly isReading = signal(false);
  /** The path that the keyboard is at. */
  readonly current = signal('');
  /** Where the pages begin that were turned, by path: the last is shown. */
  readonly #turned = new Map<string, (string | undefined)[]>();
  #look: Look | undefined;
  #isStale = false;
  #reading: Promise<void> | undefined;

  constructor(roots: readonly string[]) {
    for (const root of roots) this.#turned.set(root, []);
  }

  isOpen(path: string): boolean {
    return this.#turned.has(path);
  }

  /** How many pages of a table are before the one that is shown. */
  pagesBefore(path: string): number {
    return this.#turned.get(path)?.length ?? 0;
  }

  show(look: Look): Promise<void> {
    if (look.process !== this.#look?.process) this.pages.value = new Map();
    this.#look = look;
    return this.#read();
  }

  /** Forgets the state, and keeps what is open. */
  clear(): void {
    this.#look = undefined;
    this.pages.value = new Map();
  }

  toggle(path: string): Promise<void> {
    if (!this.#turned.delete(path)) {
      this.#turned.set(path, []);
      return this.#read();
    }
    // What is closed is gone at once: nothing needs to be asked.
    this.pages.value = new Map([...this.pages.value].filter(([open]) => open !== path));
    return Promise.resolve();
  }

  /** Shows the page that follows, or the one before. */
  turn(path: string, way: 'next' | 'previous'): Promise<void> {
    const turned = this.#turned.get(path) ?? [];
    if (way === 'next') turned.push(this.pages.value.get(path)?.next);
    else turned.pop();
    this.#turned.set(path, turned);
    return this.#read();
  }

  /** Opens what is on the way to a path, at the pages that it is on. */
  async reveal(path: string): Promise<void> {
    const steps = stepsOf(path);
    for (const above of tablesAbove(path)) if (!this.#turned.has(above)) this.#turned.set(above, []);
    await this.#read();
    let isElsewhere = false;
    tablesAbove(path).forEach((above, index) => {
      const inner = steps.slice(0, index + 2).join('');
      if (this.pages.value.get(above)?.entries.some((entry) => entry.path === inner)) return;
      this.#turned.set(above, [steps[index + 1]]);
      isElsewhere = true;
    });
    if (isElsewhere) await this.#read();
    this.current.value = path;
  }

  /** Asks for all that is open in one question; what changes meanwhile is asked for afterwards. */
  async #read(): Promise<void> {
    if (!this.#look) return;
    this.#isStale = true;
    this.#reading ??= this.#readUntilFresh();
    return this.#reading;
  }

  async #readUntilFresh(): Promise<void> {
    this.isReading.value = true;
    while (this.#isStale && this.#look) {
      this.#isStale = false;
      const look = this.#look;
      const requests = [...this.#turned].map(([path, turned]) => ({ path, from: turned.at(-1) }));
      try {
        const pages = await look.pages(requests);
        // Another state is shown meanwhile, or none: this one is not.
        if (look !== this.#look) continue;
        const shown = new Map<string, Page>();
        requests.forEach(({ path }, index) => {
          const page = pages[index];
          // It may have been closed meanwhile.
          if (page && this.#turned.has(path)) shown.set(path, page);
        });
        this.pages.value = shown;
        this.problem.value = undefined;
      } catch (error) {
        if (look === this.#look) this.problem.value = error;
      }
    }
    this.#reading = undefined;
    this.isReading.value = false;
  }
}
