// Whether a message costs more when there is more: messages in the log, entries in the state.

import type { Unit } from 'ao-unit/unit';
import { ask, evaluated, evaluatedBy, newSigner, newUnit, signed, spawn, transfer, type Signer } from './network.ts';

const COUNTING = `
  n = 0
  Handlers.add('Add', 'Add', function() n = n + 1 end)`;

/** Sends a process so many messages at once: what the process itself sends needs no signature. */
const FEEDING = `
  Handlers.add('Feed', 'Feed', function(msg)
    for i = 1, tonumber(msg.Tags.Count) do ao.send({ Target = msg.Tags.To, Action = 'Add' }) end
  end)`;

const LEDGER = `
  Balances = { [Owner] = 1000000000 }
  for i = 2, ENTRIES do Balances[('holder%037d'):format(i)] = i end
  Handlers.add('Transfer', 'Transfer', function(msg)
    local to, quantity = msg.Tags.Recipient, tonumber(msg.Tags.Quantity)
    Balances[msg.From] = Balances[msg.From] - quantity
    Balances[to] = (Balances[to] or 0) + quantity
  end)`;

/** So many messages follow from one: enough to fill a log fast, and far below any limit. */
const FEED = 250;

let unit: Unit | undefined;
let signer: Signer | undefined;
/** One for all: each process takes a machine, and there is room for so many. */
let feeder: Promise<string> | undefined;

async function stage(): Promise<{ unit: Unit; signer: Signer }> {
  unit ??= await newUnit();
  signer ??= await newSigner('ed25519');
  return { unit, signer };
}

/** A process with about so many messages in its log. */
export async function processWithLog(messages: number): Promise<string> {
  const { unit, signer } = await stage();
  const process = await spawn(unit, signer, COUNTING);
  const feeding = await (feeder ??= spawn(unit, signer, FEEDING));
  for (let fed = 1; fed < messages; fed += FEED) {
    const count = Math.min(FEED, messages - fed);
    const tags = [
      { name: 'Action', value: 'Feed' },
      { name: 'To', value: process },
      { name: 'Count', value: String(count) },
    ];
    await unit.message({ process: feeding, signer, tags });
    if (fed % (8 * FEED) === 1) await evaluated(unit, process, fed);
  }
  await evaluated(unit, process, messages);
  return process;
}

/** A process with so many balances. */
export async function processWithBalances(entries: number): Promise<string> {
  const { unit, signer } = await stage();
  return spawn(unit, signer, LEDGER.replace('ENTRIES', String(entries)));
}

/** Milliseconds for each of `count` messages given to a process at once, until all of them are durable. */
export async function costPerMessage(process: string, kind: 'Add' | 'Transfer', count: number): Promise<number> {
  const { unit, signer } = await stage();
  const recipient = 'r'.repeat(43);
  const tags = kind === 'Add' ? [{ name: 'Action', value: 'Add' }] : transfer(recipient);
  const items = await signed(signer, process, tags, count);
  const value = kind === 'Add' ? 'n' : `Balances['${recipient}'] or 0`;
  const had = Number(await ask(unit, signer, process, value));
  const before = await evaluatedBy(unit, process);
  const start = performance.now();
  await Promise.all(items.map((item) => unit.accept(item)));
  await evaluated(unit, process, before + count);
  const took = performance.now() - start;
  const has = Number(await ask(unit, signer, process, value));
  if (has !== had + count) throw new Error(`after ${count} messages the process counts ${has}, and it had ${had}`);
  return took / count;
}
