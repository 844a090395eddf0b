import type { StateView, Unit } from 'ao-unit/unit';
import type { LogMessage } from './log.ts';
import { luaLiteral, type LuaValue } from './lua-text.ts';
import counts from './lua/counts.lua?raw';
import handlers from './lua/handlers.lua?raw';
import inbox from './lua/inbox.lua?raw';
import pages from './lua/pages.lua?raw';
import patterns from './lua/patterns.lua?raw';
import search from './lua/search.lua?raw';
import survey from './lua/survey.lua?raw';
import values from './lua/values.lua?raw';
import why from './lua/why.lua?raw';

/** One line of a table. Text is what the process holds, written as Lua would, and cut where it is long. */
export interface Entry {
  /** How Lua reaches it, as `own["Balances"]`; empty where no text names the key. */
  readonly path: string;
  readonly label: string;
  readonly kind: string;
  readonly text: string;
  /** How many entries a table has. */
  readonly count: number;
}

/** Some entries of a table, by their keys. */
export interface Page {
  readonly count: number;
  readonly entries: readonly Entry[];
  /** Where the page that follows begins. */
  readonly next: string | undefined;
}

export interface Handler {
  readonly name: string;
  readonly isRuntimes: boolean;
  readonly pattern: string;
  readonly lines: string;
  /** How many runs are left to it; empty without a limit. */
  readonly runsLeft: string;
}

/** What became of a message at one handler, and the parts of the pattern that say so. */
export interface Judgement {
  readonly name: string;
  readonly state: 'stop' | 'on' | 'no' | 'default' | 'error';
  /** A handler before it took the message: it was not asked. */
  readonly isLate: boolean;
  readonly kind: string;
  readonly problem: string;
  readonly parts: readonly { readonly field: string; readonly wanted: string; readonly found: string; readonly isMet: boolean }[];
  readonly pattern: string;
}

export interface Explanation {
  /** Why the runtime refused the message before any handler; empty if it did not. */
  readonly refusal: string;
  readonly handlers: readonly Judgement[];
}

export interface InboxMessage {
  readonly number: number;
  readonly action: string;
  readonly from: string;
  readonly time: number;
  readonly data: string;
}

/** A table as a survey has it: entries, each with the digest of what it holds; or digests of parts of a large one. */
export interface Survey {
  readonly entries: readonly SurveyEntry[];
  readonly buckets: readonly string[];
}

export interface SurveyEntry extends Entry {
  readonly digest: string;
  readonly within: Survey | undefined;
}

type WireEntry = [path: string, label: string, kind: string, text: string, count: number];
interface WireSurveyEntry {
  readonly 0: string;
  readonly 1: string;
  readonly 2: string;
  readonly 3: string;
  readonly 4: number;
  readonly 5: string;
  readonly 6?: WireSurvey;
}
interface WireSurvey {
  readonly 0?: readonly WireSurveyEntry[];
  readonly 1?: readonly string[];
}

/** The state of a process, now or as it was: everything that the panels say of it is asked here, on a copy of the process. */
export class Look {
  readonly #inspect: (expression: string) => Promise<unknown>;
  readonly #surveys = new Map<string, Promise<readonly (Survey | undefined)[]>>();

  private constructor(
    readonly process: string,
    /** After which message. */
    readonly nonce: number,
    inspect: (expression: string) => Promise<unknown>,
  ) {
    this.#inspect = inspect;
  }

  /** As it is now, `nonce` being that of the last message. */
  static now(unit: Unit, process: string, nonce: number, owner?: string): Look {
    return new Look(process, nonce, (expression) => unit.inspect(process, expression, { owner }));
  }

  /** As it was after a message. It is brought back at the first question. */
  static then(unit: Unit, process: string, nonce: number, owner?: string): Look {
    let view: Promise<StateView> | undefined;
    return new Look(process, nonce, async (expression) => {
      view ??= unit.stateAt(process, nonce);
      return (await view).inspect(expression, { owner });
    });
  }

  /** The same state, once others have followed: what was asked is known, and the rest is asked of the past. */
  settled(unit: Unit): Look {
    const look = Look.then(unit, this.process, this.nonce);
    for (const [key, survey] of this.#surveys) look.#surveys.set(key, survey);
    return look;
  }

  /** Pages of tables, each from a step on; `undefined` where there is no table. */
  async pages(requests: readonly { path: string; from: string | undefined }[]): Promise<(Page | undefined)[]> {
    type Wire = [path: string, count?: number, next?: string | false, entries?: WireEntry[]];
    const found = await this.#ask<Wire[]>([pages], [requests.map(({ path, from }) => [path, from ?? false])]);
    return list(found).map(([, count, next, entries]) =>
      count === undefined ? undefined : { count, next: next || undefined, entries: list(entries).map(entry) },
    );
  }

  /** Names and values that contain a text, 100 at most. */
  async search(text: string): Promise<{ found: Entry[]; isCut: boolean }> {
    const [found, isCut] = await this.#ask<[WireEntry[], boolean]>([search], [text]);
    return { found: list(found).map(entry), isCut };
  }

  /** What tells this state from another. What was asked before is not asked again. */
  surveys(requests: readonly { path: string; label: string; buckets?: readonly number[] | undefined }[]): Promise<readonly (Survey | undefined)[]> {
    const key = JSON.stringify(requests);
    const known = this.#surveys.get(key) ?? this.#survey(requests.map(({ path, label, buckets }) => [path, label, buckets]));
    this.#surveys.set(key, known);
    return known;
  }

  /** The handlers in their order. `texts` are what tags of messages say: patterns that are functions are told by them. */
  async handlers(texts: readonly string[]): Promise<Handler[]> {
    type Wire = [name: string, isRuntimes: boolean, pattern: string, lines: string, runsLeft: string];
    const found = await this.#ask<Wire[]>([patterns, handlers], [texts]);
    return list(found).map(([name, isRuntimes, pattern, lines, runsLeft]) => ({ name, isRuntimes, pattern, lines, runsLeft }));
  }

  /** Why a message matches each handler, or does not. */
  async why(message: LogMessage, texts: readonly string[]): Promise<Explanation> {
    type Wire = [name: string, state: Judgement['state'], kind: string, problem: string, parts: [string, string, string, boolean][], pattern: string, isLate: boolean];
    const [refusal, found] = await this.#ask<[string | false, Wire[]]>([patterns, why], [message.raw, texts]);
    return {
      refusal: refusal || '',
      handlers: list(found).map(([name, state, kind, problem, parts, pattern, isLate]) => ({
        name,
        isLate,
        state,
        kind,
        problem,
        pattern,
        parts: list(parts).map(([field, wanted, found, isMet]) => ({ field, wanted, found, isMet })),
      })),
    };
  }

  /** How many of these messages the patterns give to each handler, by name. */
  async counts(messages: readonly LogMessage[]): Promise<Map<string, number>> {
    return new Map(list(await this.#ask<[string, number][]>([patterns, counts], [messages.map(({ raw }) => raw)])));
  }

  /** Messages of the inbox from a number down, the newest first. */
  async inbox(from: number | undefined, limit: number): Promise<{ total: number; messages: InboxMessage[] }> {
    const [total, rows] = await this.#ask<[number, [number, string, string, number, string][]]>([inbox], [from, limit]);
    return { total, messages: list(rows).map(([number, action, sender, time, data]) => ({ number, action, from: sender, time, data })) };
  }

  async #survey(requests: LuaValue): Promise<(Survey | undefined)[]> {
    return list(await this.#ask<WireSurvey[]>([survey], [requests])).map(surveyed);
  }

  async #ask<T>(sources: readonly string[], given: readonly LuaValue[]): Promise<T> {
    const all = [values, ...sources.slice(0, -1)].join('\n');
    // The last source answers a function of what is asked.
    const ask = `local ask = (function()\n${sources.at(-1)}\nend)()`;
    return (await this.#inspect(`${all}\n${ask}\nreturn ask(${given.map(luaLiteral).join(',')})`)) as T;
  }
}

function entry([path, label, kind, text, count]: WireEntry): Entry {
  return { path, label, kind, text, count };
}

function surveyed({ 0: entries, 1: buckets }: WireSurvey): Survey | undefined {
  if (!entries) return undefined;
  return {
    entries: list(entries).map(({ 0: path, 1: label, 2: kind, 3: text, 4: count, 5: digest, 6: within }) => ({
      path,
      label,
      kind,
      text,
      count,
      digest,
      within: within && surveyed(within),
    })),
    buckets: list(buckets),
  };
}

/** An empty list of Lua's is an empty list in JSON, and nothing is nothing. */
function list<T>(value: readonly T[] | undefined): T[] {
  return [...(value ?? [])];
}
