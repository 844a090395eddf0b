import { signal } from '@preact/signals';
import type { OutboxMessage, OutboxSpawn, OutboxTag, Outcome, Unit } from 'ao-unit/unit';
import { entryOf, type Entry } from '../unit/entry.ts';
import { whois } from '../unit/people.ts';
import { processes } from '../unit/processes.ts';
import { outcomeOf } from './chosen.ts';
import { Passages } from './passages.ts';

/** A message in the tree of those that one message set off. */
export interface Branch {
  /** Its place in the log of a process of this unit; missing of what went elsewhere, and of what waits to be delivered. */
  readonly entry: Entry | undefined;
  /** Whom it is for, and what it is about. */
  readonly to: string;
  readonly action: string;
  /** Why it is in no log. */
  readonly note: string;
  status: 'unread' | 'waiting' | 'evaluated' | 'failed' | 'elsewhere';
  gas?: number | undefined;
  children: Branch[];
  /** What is not listed yet among the children: a message may send thousands. */
  rest: Finder[];
}

/** Finds one of those that follow. */
type Finder = () => Promise<Branch>;

/** So many messages are read by themselves; what follows from others when they are opened. */
const BOUND = 200;
/** So many that follow from one message are listed at once. */
const AT_ONCE = 50;

/** All that followed from one message, over however many processes. It grows while the processes are at work. */
export class Cascade {
  readonly root: Branch;
  /** Goes up whenever a branch is other than it was. */
  readonly changes = signal(0);
  readonly #unit: Unit;
  readonly #passages: Passages;
  readonly #known = new Map<string, Promise<boolean>>();
  readonly #ending = new AbortController();
  #count = 1;

  constructor(unit: Unit, root: Entry) {
    this.#unit = unit;
    this.#passages = new Passages(unit, root.time);
    this.root = branchOf(root, root.process);
    void this.grow(this.root);
  }

  /** Stops waiting for what is not evaluated yet. */
  end(): void {
    this.#ending.abort();
  }

  /** Reads what follows from a branch, and from that, as far as it is not too much. */
  async grow(branch: Branch): Promise<void> {
    if (branch.status !== 'unread' || !branch.entry) return;
    this.#change(branch, { status: 'waiting' });
    try {
      const outcome = await outcomeOf(this.#unit, branch.entry, this.#ending.signal);
      this.#passages.readOn();
      const rest = outcome ? this.#findersOf(branch.entry, outcome) : [];
      this.#change(branch, { status: outcome?.Error === undefined ? 'evaluated' : 'failed', gas: outcome?.GasUsed, rest });
      await this.list(branch);
    } catch {
      // It can be opened again.
      this.#change(branch, { status: 'unread' });
    }
  }

  /** Lists more of what follows from a branch. */
  async list(branch: Branch): Promise<void> {
    const part = branch.rest.slice(0, AT_ONCE);
    if (part.length === 0) return;
    const rest = branch.rest.slice(part.length);
    this.#change(branch, { rest: [] });
    const found: Branch[] = [];
    for (const find of part) found.push(await find());
    this.#change(branch, { children: [...branch.children, ...found], rest });
    this.#count += found.length;
    if (this.#count > BOUND) return;
    for (const child of found) void this.grow(child);
  }

  #change(branch: Branch, change: Partial<Branch>): void {
    Object.assign(branch, change);
    if (!this.#ending.signal.aborted) this.changes.value += 1;
  }

  #findersOf({ process, nonce }: Entry, { Messages, Spawns, Assignments }: Outcome): Finder[] {
    return [
      ...Messages.map((message) => () => this.#sent(process, message)),
      ...Spawns.map((spawn) => () => this.#spawned(process, spawn)),
      ...Assignments.flatMap(({ Processes, Message }) => Processes.map((target) => () => this.#assigned(target, Message, target === process ? nonce : -1))),
    ];
  }

  async #sent(from: string, { Target, Tags, Anchor }: OutboxMessage): Promise<Branch> {
    const action = textOf(Tags, 'Action');
    if (Target === undefined || !(await this.#isHere(Target))) return elsewhere(Target, action, 'no process here');
    const entry = await this.#passages.sent(Target, from, Anchor);
    return entry ? branchOf(entry, Target) : elsewhere(Target, action, 'not delivered yet');
  }

  async #spawned(from: string, { Tags }: OutboxSpawn): Promise<Branch> {
    const id = await this.#passages.spawned(from, textOf(Tags, 'Reference'));
    const found = id === undefined ? null : await this.#unit.find(id);
    if (!found) return elsewhere(id, 'spawn', 'no such module here');
    return branchOf(entryOf(found.process, { node: found, cursor: '' }), found.process);
  }

  /** A process that has the message is not given it again: what is found is behind where it has it. */
  async #assigned(target: string, message: string, behind: number): Promise<Branch> {
    const entry = (await this.#isHere(target)) ? await this.#passages.assigned(target, message, behind) : undefined;
    return entry ? branchOf(entry, target) : elsewhere(target, 'assignment', behind < 0 ? 'not assigned' : 'has it already');
  }

  /** Whether there is such a process. One that is younger than the last look at the list is looked for. */
  async #isHere(address: string): Promise<boolean> {
    if (processes.peek().some(({ id }) => id === address)) return true;
    const known = this.#known.get(address) ?? this.#unit.find(address).then((found) => found?.process === address);
    this.#known.set(address, known);
    return known;
  }
}

/** The message from which another follows, in whatever log it is; that itself, if it is nowhere any more. */
export async function rootOf(unit: Unit, entry: Entry): Promise<Entry> {
  if (entry.cron !== undefined || entry.cause === entry.id) return entry;
  const found = await unit.find(entry.cause);
  return found ? entryOf(found.process, { node: found, cursor: '' }) : entry;
}

function branchOf(entry: Entry, to: string): Branch {
  return { entry, to, action: entry.action, note: '', status: 'unread', children: [], rest: [] };
}

function elsewhere(to: string | undefined, action: string, note: string): Branch {
  return { entry: undefined, to: to ?? '', action, note, status: 'elsewhere', children: [], rest: [] };
}

function textOf(tags: readonly OutboxTag[], name: string): string {
  const value = tags.find((one) => one.name === name)?.value;
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** A branch in words. */
export function wordsOf({ to, action, entry }: Branch): string {
  return `${action || (entry ? 'no action' : 'a message')} to ${whois(to)}`;
}
