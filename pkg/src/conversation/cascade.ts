import { parse } from '../calls.js';
import { UnitError } from '../error.js';
import { Reply } from './reply.js';
import type { Ask } from '../protocol.js';
import type { Outcome, Receipt } from '../types.js';

/** A message in a log. */
type Place = Pick<Receipt, 'process' | 'nonce'>;

/**
 * What follows from a message, over however many processes, until one of them answers its sender or nothing more
 * follows. It is read from the logs and outcomes: whichever tab leads has them, while events are told once.
 */
export class Cascade {
  readonly #ask: Ask;
  readonly #root: Receipt;
  readonly #since: number;
  readonly #address: string;
  readonly #known = new Set<string>();
  /** By process, the nonce up to which it is known what follows. */
  readonly #seen = new Map<string, number>();
  #reply: Reply | undefined;

  /**
   * @param ask - is asked for as long as anybody waits, and rejects after that.
   * @param since - the unit's time before the message was sent, in milliseconds since 1970.
   * @param address - whose reply is looked for.
   */
  constructor(ask: Ask, root: Receipt, since: number, address: string) {
    this.#ask = ask;
    this.#root = root;
    this.#since = since;
    this.#address = address;
    this.#known.add(key(root));
  }

  /**
   * The first message to the address; `null` when everything that follows is evaluated.
   *
   * @param outcome - that of the message from which all follows.
   */
  reply(outcome: Outcome): Promise<Reply | null> {
    return new Promise((resolve, reject) => {
      // A branch that replies does not wait for the others.
      this.#follow(this.#root, outcome, resolve).then(() => resolve(null), reject);
    });
  }

  async #follow(place: Place, outcome: Outcome, resolve: (reply: Reply) => void): Promise<void> {
    this.#reply ??= replyIn(place.process, this.#address, outcome);
    if (this.#reply) return resolve(this.#reply);
    // What was sent is in the logs before the outcome is told: one transaction has both.
    const next = await Promise.all([...receivers(place.process, outcome)].map((process) => this.#next(process)));
    await Promise.all(
      next.flat().map(async (place) => {
        const outcome = await this.#outcomeAt(place);
        if (outcome && !this.#reply) await this.#follow(place, outcome, resolve);
      }),
    );
  }

  /** What follows in the log of a process, and is not known yet. */
  async #next(process: string): Promise<Place[]> {
    const after = this.#seen.get(process) ?? -1;
    const found = parse(await this.#ask('consequences', process, { root: this.#root.id, since: this.#since, after }));
    this.#seen.set(process, Math.max(this.#seen.get(process) ?? -1, found.at(-1)?.nonce ?? -1));
    const places = found.flatMap(({ nonce, spawned }): Place[] => [
      { process, nonce },
      ...(spawned === undefined ? [] : [{ process: spawned, nonce: 0 }]),
    ]);
    return places.filter((place) => !this.#known.has(key(place)) && this.#known.add(key(place)));
  }

  async #outcomeAt({ process, nonce }: Place): Promise<Outcome | undefined> {
    try {
      return parse<Outcome>(await this.#ask('outcomeAt', process, nonce));
    } catch (error) {
      // Anybody may write that there is a process.
      if (error instanceof UnitError && error.code === 'PROCESS_NOT_FOUND') return undefined;
      throw error;
    }
  }
}

/** The first message of an outcome that is for `address`. */
function replyIn(process: string, address: string, { Messages }: Outcome): Reply | undefined {
  const message = Messages.find(({ Target }) => Target === address);
  return message && new Reply(process, message);
}

/** Who may have got something: whoever spawns is told of it. */
function receivers(process: string, { Messages, Spawns }: Outcome): Set<string> {
  const targets = Messages.flatMap(({ Target }) => (typeof Target === 'string' ? [Target] : []));
  return new Set(Spawns.length > 0 ? [...targets, process] : targets);
}

function key({ process, nonce }: Place): string {
  return `${process}/${nonce}`;
}
