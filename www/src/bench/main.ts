// The page that measures. `cargo xtask bench` drives its parts by `globalThis.bench`.

import { figures, median, type Figure } from './figures.ts';
import { dryRuns, latencies } from './latency.ts';
import { deleteUnits, Token } from './network.ts';
import { pingsPerSecond } from './ping.ts';
import { programs, runProgram } from './programs.ts';
import { costPerMessage, processWithBalances, processWithLog } from './scale.ts';

let token: Token | undefined;

const parts = {
  programs,
  runProgram,
  pingsPerSecond,
  latencies,
  dryRuns,
  processWithLog,
  processWithBalances,
  costPerMessage,
  async openToken(type?: 'arweave' | 'ed25519') {
    await token?.unit.close();
    token = await Token.open(type);
  },
  async transfersPerSecond(count: number) {
    if (!token) throw new Error('openToken() first');
    return token.transfersPerSecond(count);
  },
};

Object.assign(globalThis, { bench: parts });

const run = element('run', HTMLButtonElement);
const progress = element('progress', HTMLElement);
const table = element('figures', HTMLElement);

run.addEventListener('click', () => void measureAll());

async function measureAll(): Promise<void> {
  run.disabled = true;
  table.replaceChildren();
  try {
    for (const [i, figure] of figures.entries()) {
      progress.textContent = `${i + 1} of ${figures.length}: ${figure.title} …`;
      await painted();
      table.append(row(figure, await rounds(figure)));
    }
    progress.textContent = 'Deleting what was measured …';
    await deleteUnits();
    progress.textContent = 'Done.';
  } catch (reason) {
    progress.textContent = `It stopped: ${reason instanceof Error ? reason.message : String(reason)}`;
    await deleteUnits().catch(() => undefined);
  } finally {
    run.disabled = false;
  }
}

async function rounds(figure: Figure): Promise<number[]> {
  await figure.measure();
  const samples = [];
  for (let i = 0; i < figure.rounds; i += 1) samples.push(await figure.measure());
  return samples;
}

function row({ title, unit, more }: Figure, samples: number[]): HTMLTableRowElement {
  const [least, most] = [Math.min(...samples), Math.max(...samples)];
  const [best, worst] = more ? [most, least] : [least, most];
  const row = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = title;
  row.append(head);
  for (const text of [`${shown(median(samples))} ${unit}`, `${shown(best)} to ${shown(worst)}`]) {
    row.insertCell().textContent = text;
  }
  return row;
}

function shown(figure: number): string {
  return figure.toLocaleString('en', { maximumFractionDigits: figure < 100 ? 1 : 0 });
}

/** What was written is on the screen before the thread is busy. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no ${type.name} #${id}`);
  return found;
}
