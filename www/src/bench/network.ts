// A token on a whole unit: transfers with notices that are delivered, one message at a time, reads without a trace.

import { createDataItem } from 'ao-unit/data-item';
import { createDataItemSigner } from 'ao-unit';
import { openUnit, type Tag, type Unit } from 'ao-unit/unit';
import { generateWallet } from 'ao-unit/wallet';
import counter from './counter.lua?raw';
import token from './token.lua?raw';

export type Signer = ReturnType<typeof createDataItemSigner>;

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';

/** How long between two looks at how far a process is. */
const LOOK_MS = 5;

/** A wallet of this page alone: the kind that the network knows best, unless it is said otherwise. */
export async function newSigner(type: 'arweave' | 'ed25519' = 'arweave'): Promise<Signer> {
  return createDataItemSigner(await generateWallet({ type, keep: false }));
}

const opened = new Map<string, Unit>();
const forgetting: (() => void)[] = [];

/** A unit with a storage of its own, which survives the page unless {@link deleteUnits} is called. */
export async function newUnit(settings: { budget?: number } = {}): Promise<Unit> {
  const name = `bench-${crypto.randomUUID()}`;
  const unit = await openUnit({ storage: `idb://${name}`, ...settings });
  opened.set(name, unit);
  return unit;
}

/** What is made at the first question, and anew at the first after {@link deleteUnits}. */
export function madeOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  forgetting.push(() => (made = undefined));
  return () => (made ??= make());
}

/** Closes the units of this page, and takes from the browser what they kept. */
export async function deleteUnits(): Promise<void> {
  for (const forget of forgetting) forget();
  for (const [name, unit] of opened) {
    opened.delete(name);
    await unit.close();
    await deleted(name);
  }
}

function deleted(name: string): Promise<void> {
  const request = indexedDB.deleteDatabase(name);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error(`${name} cannot be deleted`));
  });
}

export async function spawn(unit: Unit, signer: Signer, data: string): Promise<string> {
  const tags = [{ name: 'On-Boot', value: 'Data' }];
  const process = await unit.spawn({ module: MODULE, signer, tags, data });
  const { Error: failure } = await unit.result({ process, message: process });
  if (failure !== undefined) throw new Error(`a process does not start: ${JSON.stringify(failure)}`);
  return process;
}

/** Messages for a process, signed before the clock starts. */
export async function signed(signer: Signer, process: string, tags: Tag[], count: number): Promise<Uint8Array[]> {
  const protocol = [
    { name: 'Data-Protocol', value: 'ao' },
    { name: 'Variant', value: 'ao.TN.1' },
    { name: 'Type', value: 'Message' },
  ];
  const items = [];
  for (let i = 0; i < count; i += 1) {
    items.push((await createDataItem({ data: ' ', tags: [...protocol, ...tags], target: process }, signer)).raw);
  }
  return items;
}

export function transfer(recipient: string): Tag[] {
  return [
    { name: 'Action', value: 'Transfer' },
    { name: 'Recipient', value: recipient },
    { name: 'Quantity', value: '1' },
  ];
}

/** Resolves when a process has evaluated so many messages, the spawn included, and all of it is durable. */
export async function evaluated(unit: Unit, process: string, count: number): Promise<void> {
  while ((await evaluatedBy(unit, process)) < count) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}

export async function evaluatedBy(unit: Unit, process: string): Promise<number> {
  const found = (await unit.processes()).find(({ id }) => id === process);
  if (!found) throw new Error(`the unit has no process ${process}`);
  return found.evaluated;
}

/** What a process answers to Lua: one more message in its log. */
export async function ask(unit: Unit, signer: Signer, process: string, lua: string): Promise<string> {
  return unit.evaluate(process, `return tostring(${lua})`, { signer });
}

export class Token {
  readonly unit: Unit;
  readonly signer: Signer;
  readonly process: string;
  readonly #debited: string;
  readonly #credited: string;
  #transfers = 0;

  private constructor(unit: Unit, signer: Signer, process: string, debited: string, credited: string) {
    this.unit = unit;
    this.signer = signer;
    this.process = process;
    this.#debited = debited;
    this.#credited = credited;
  }

  static async open(type: 'arweave' | 'ed25519' = 'arweave'): Promise<Token> {
    const [unit, signer] = await Promise.all([newUnit(), newSigner(type)]);
    const [debited, credited] = [await spawn(unit, signer, counter), await spawn(unit, signer, counter)];
    const process = await spawn(unit, signer, token.replace('DEBITED', debited));
    return new Token(unit, signer, process, debited, credited);
  }

  /** `count` transfers, given to the unit at once; how many a second until both notices of all are durable. */
  async transfersPerSecond(count: number): Promise<number> {
    const items = await signed(this.signer, this.process, transfer(this.#credited), count);
    const all = [this.process, this.#debited, this.#credited];
    const before = await Promise.all(all.map((id) => evaluatedBy(this.unit, id)));
    const start = performance.now();
    await Promise.all(items.map((item) => this.unit.accept(item)));
    for (const [i, id] of all.entries()) await evaluated(this.unit, id, (before[i] ?? 0) + count);
    const seconds = (performance.now() - start) / 1000;
    this.#transfers += count;
    await this.#check();
    return count / seconds;
  }

  /** Every transfer was booked once, and told to both. */
  async #check(): Promise<void> {
    const expected = String(this.#transfers);
    const said = await Promise.all([
      ask(this.unit, this.signer, this.process, `Balances['${this.#credited}']`),
      ask(this.unit, this.signer, this.#debited, 'n'),
      ask(this.unit, this.signer, this.#credited, 'n'),
    ]);
    if (said.some((number) => number !== expected)) {
      throw new Error(`after ${expected} transfers, balance and notices are ${said.join(', ')}`);
    }
  }
}
