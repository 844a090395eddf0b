import { signal } from '@preact/signals';
import type { Unit } from 'ao-unit/unit';
import { messagesOf, type LogMessage } from './log.ts';

/** Tags that say what a message is for: the texts that handlers ask for are among them. */
const MAX_TEXTS = 200;
const MAX_TEXT = 100;

/** The messages of a process's log, of which later ones are read as they come. */
export class Log {
  readonly messages = signal<readonly LogMessage[]>([]);
  readonly problem = signal<unknown>(undefined);
  readonly #texts = new Set<string>();
  #process: string | undefined;
  #reading: Promise<void> = Promise.resolve();

  /** Reads what has come since, page by page. */
  read(unit: Unit, process: string): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read(unit, process));
    return this.#reading;
  }

  /** The message with this nonce, if it has been read. */
  at(nonce: number): LogMessage | undefined {
    const all = this.messages.value;
    return all[nonce - (all[0]?.nonce ?? 0)];
  }

  /** The messages up to a nonce. */
  upTo(nonce: number): readonly LogMessage[] {
    const all = this.messages.value;
    const last = all.at(-1);
    return last && last.nonce > nonce ? all.filter((message) => message.nonce <= nonce) : all;
  }

  /** What tags of the messages say. */
  texts(): string[] {
    return [...this.#texts];
  }

  async #read(unit: Unit, process: string): Promise<void> {
    if (process !== this.#process) {
      this.#process = process;
      this.#texts.clear();
      this.messages.value = [];
    }
    try {
      const next = (this.messages.value.at(-1)?.nonce ?? -1) + 1;
      for await (const page of messagesOf(unit, process, next)) {
        for (const { tags } of page) this.#note(tags);
        this.messages.value = [...this.messages.value, ...page];
      }
      this.problem.value = undefined;
    } catch (error) {
      this.problem.value = error;
    }
  }

  #note(tags: LogMessage['tags']): void {
    for (const { value } of tags) {
      if (this.#texts.size < MAX_TEXTS && value.length <= MAX_TEXT) this.#texts.add(value);
    }
  }
}
