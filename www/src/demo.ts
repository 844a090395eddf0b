import { createDataItemSigner } from 'ao-unit';
import { generateWallet, pageWallet, type Wallet } from 'ao-unit/wallet';
import type { Outcome, Tag, Unit } from 'ao-unit/unit';

/** The module that processes name: aos 2.0.6, which the unit answers with its own Lua machine. */
const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';

/** What is needed to read a run again, and to compare. */
export interface Run {
  process: string;
  /** The address that spawned it. */
  owner: string;
  messages: Sent[];
}

/** A message, and what came of it. */
export interface Sent {
  id: string;
  title: string;
  outcome: Outcome;
}

/** Balances by address. */
export type Balances = Record<string, number>;

/** Does a piece of work as a visible step; `describe` says in a few words what it came to. */
export type Step = <T>(title: string, work: () => Promise<T>, describe: (value: T) => string) => Promise<T>;

/** The token demo: spawns `source` and sends it messages. */
export async function runDemo(unit: Unit, source: string, step: Step): Promise<Run> {
  const [owner, stranger] = await step(
    'Take the page’s own wallet, and make another for a stranger',
    () => Promise.all([pageWallet(), generateWallet({ keep: false })]),
    ([owner]) => `the owner is ${owner.address}`,
  );
  const process = await step('Spawn the process', () => spawn(unit, source, owner), (id) => id);
  const run: Run = { process, owner: owner.address, messages: [] };

  const boot = () => outcomeOf(unit, process, process, 'Boot');
  run.messages.push(await step('Boot', boot, describeOutcome));
  for (const [wallet, recipient, quantity] of [
    [owner, 'recipient-a', 100],
    [owner, 'recipient-b', 250],
    [stranger, 'recipient-a', 5],
  ] as const) {
    const sender = wallet === owner ? 'the owner' : 'an address without balance';
    const title = `Transfer ${quantity} from ${sender} to ${recipient}`;
    const send = () => transfer(unit, process, wallet, recipient, quantity, title);
    run.messages.push(await step(title, send, describeOutcome));
  }
  return run;
}

/** Reads every outcome of a run from what is stored, and compares it with what it was. */
export async function readAgain(unit: Unit, run: Run, step: Step): Promise<void> {
  for (const { id, title, outcome } of run.messages) {
    const read = async () => {
      const stored = await outcomeOf(unit, run.process, id, title);
      if (!same(stored.outcome, outcome)) throw new Error(`differs from before: ${JSON.stringify(stored.outcome)}`);
      return stored;
    };
    await step(`Read again: ${title}`, read, (sent) => `the same as before · ${describeOutcome(sent)}`);
  }
}

/** Reads the balances out of the state of the process, by evaluating on a copy of it. */
export async function readBalances(unit: Unit, { process, owner }: Run): Promise<Balances> {
  const { Error: failure, Output } = await unit.dryrun({
    process,
    Owner: owner,
    tags: tags({ Action: 'Eval' }),
    data: 'require("json").encode(Balances)',
  });
  if (failure !== undefined) throw new Error(failure);
  return JSON.parse(Output.data ?? '{}') as Balances;
}

function spawn(unit: Unit, source: string, owner: Wallet): Promise<string> {
  return unit.spawn({
    module: MODULE,
    signer: createDataItemSigner(owner),
    tags: tags({ Name: 'Token', 'On-Boot': 'Data' }),
    data: source,
  });
}

async function transfer(
  unit: Unit,
  process: string,
  wallet: Wallet,
  recipient: string,
  quantity: number,
  title: string,
): Promise<Sent> {
  const id = await unit.message({
    process,
    signer: createDataItemSigner(wallet),
    tags: tags({ Action: 'Transfer', Recipient: recipient, Quantity: String(quantity) }),
  });
  return outcomeOf(unit, process, id, title);
}

async function outcomeOf(unit: Unit, process: string, message: string, title: string): Promise<Sent> {
  const outcome = await unit.result({ process, message });
  if (outcome.Error !== undefined) throw new Error(outcome.Error);
  return { id: message, title, outcome };
}

function describeOutcome({ outcome }: Sent): string {
  const replies = outcome.Messages.map(({ Target, Data }) => `“${Data}” to ${Target}`);
  return replies.join(' · ') || outcome.Output.data || 'done';
}

function tags(values: Record<string, string>): Tag[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
