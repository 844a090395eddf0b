import type { Balances, Run, Step } from './demo.ts';

/** What the page shows. Text reaches it as text: a process may print anything. */
export const view = {
  form: element('process', HTMLFormElement),
  source: element('source', HTMLTextAreaElement),
  run: element('run', HTMLButtonElement),
  reload: element('reload', HTMLButtonElement),
};

const log = element('log', HTMLOListElement);
const status = element('status', HTMLParagraphElement);
const balanceRows = element('balances', HTMLTableSectionElement);
const balancesNote = element('balances-note', HTMLParagraphElement);

/** Empties the log and the table. */
export function clear(): void {
  log.replaceChildren();
  balanceRows.replaceChildren();
  balancesNote.textContent = 'Nothing has been read yet.';
}

/** One line below the log, which screen readers announce. */
export function say(text: string): void {
  status.textContent = text;
}

/** Shows a piece of work: that it runs, how long it took, and what it came to. */
export const step: Step = async (title, work, describe) => {
  const line = addLine(title);
  const start = performance.now();
  try {
    const value = await work();
    line.finish('done', describe(value), performance.now() - start);
    return value;
  } catch (error) {
    line.finish('failed', messageOf(error), performance.now() - start);
    throw error;
  }
};

/** Fills the table. */
export function showBalances(balances: Balances, { owner }: Run, note: string): void {
  const rows = Object.entries(balances).sort(([one], [other]) => one.localeCompare(other));
  balanceRows.replaceChildren(...rows.map(([address, balance]) => balanceRow(address, balance, owner)));
  balancesNote.textContent = note;
}

/** What an error says, with its stable code where it has one. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? `${error.code}: ${error.message}` : error.message;
}

function addLine(title: string) {
  const line = document.createElement('li');
  const time = text('span', 'time', '…');
  const detail = text('span', 'detail', '');
  line.className = 'running';
  line.append(text('span', 'title', title), time, detail);
  log.append(line);
  return {
    finish(state: 'done' | 'failed', result: string, milliseconds: number): void {
      line.className = state;
      time.textContent = `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
      detail.textContent = result;
    },
  };
}

function balanceRow(address: string, balance: number, owner: string): HTMLTableRowElement {
  const row = document.createElement('tr');
  const name = text('th', 'address', address === owner ? `${address} (the owner)` : address);
  name.setAttribute('scope', 'row');
  row.append(name, text('td', 'number', balance.toLocaleString('en')));
  return row;
}

function text(name: string, className: string, content: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = content;
  return made;
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`the page has no #${id}`);
  return found;
}
