import { signal } from '@preact/signals';
import { EXAMPLES } from '../examples/examples.ts';
import { nameOf, refresh, selected } from '../unit/processes.ts';
import { open } from '../unit/session.ts';
import { bundle } from '../workspace/bundle.ts';
import { MAIN, files } from '../workspace/files.ts';
import { lastRun } from '../workspace/last-run.ts';
import { problemOf } from '../workspace/place.ts';
import { addProblem, problems } from '../workspace/problems.ts';
import { dryRuns, evaluate } from './evaluation.ts';
import { clear, show } from './transcript.ts';

/** Whether Enter begins a new line until `.done`. */
export const editing = signal(false);

interface Command {
  readonly usage: string;
  readonly does: string;
  readonly run: (argument: string) => Promise<void> | void;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  '.help': { usage: '.help', does: 'lists the commands', run: help },
  '.load': { usage: '.load [file]', does: `loads a file of the editor into the process; ${MAIN}, if none is named`, run: load },
  '.load-blueprint': {
    usage: '.load-blueprint [example]',
    does: 'loads an example into the process; lists them, if none is named',
    run: loadExample,
  },
  '.editor': { usage: '.editor', does: 'takes several lines, until .done evaluates or .cancel drops them', run: edit },
  '.dryrun': { usage: '.dryrun', does: 'evaluates what you type on a copy, and keeps nothing; .dryrun again ends it', run: toggleDryRuns },
  '.monitor': { usage: '.monitor', does: "has the process's cron tick by itself", run: () => monitor(true) },
  '.unmonitor': { usage: '.unmonitor', does: 'lets the cron wait for messages again', run: () => monitor(false) },
  '.clear': { usage: '.clear', does: 'clears what is shown here', run: clear },
};

/** Whether what was typed is a command, and no Lua. */
export function isCommand(text: string): boolean {
  return /^\.[a-z]/.test(text.trim());
}

/** Does what a command says. */
export async function command(text: string): Promise<void> {
  const [name = '', ...rest] = text.trim().split(/\s+/);
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (known) return known.run(rest.join(' '));
  show({ kind: 'error', text: `There is no command ${name}. .help lists the commands.` });
}

function help(): void {
  const width = Math.max(...Object.values(COMMANDS).map(({ usage }) => usage.length));
  const lines = Object.values(COMMANDS).map(({ usage, does }) => `\u001b[32m${usage.padEnd(width)}\u001b[0m  ${does}`);
  const keys = 'Enter evaluates, or goes on if the Lua is not complete; Shift-Enter begins a new line; ↑ and ↓ recall.';
  show({ kind: 'note', text: [...lines, '', keys].join('\n') });
}

async function load(name: string): Promise<void> {
  const wanted = name === '' || name.endsWith('.lua') ? name || MAIN : `${name}.lua`;
  const all = files.peek();
  const file = all.find((one) => one.name === wanted);
  if (!file) {
    const names = all.map((one) => one.name).join(', ');
    show({ kind: 'error', text: `There is no file ${wanted}. The editor has ${names}.` });
    return;
  }
  const given = [{ name: MAIN, text: file.text }, ...all.filter((one) => one.name !== MAIN && one !== file)];
  problems.value = [];
  const { Error: failure } = await evaluate(bundle(given));
  const process = selected.peek();
  if (failure === undefined && file.name === MAIN && process && !dryRuns.peek()) lastRun.value = { processes: [process], files: given };
  const problem = failure === undefined ? undefined : problemOf(failure, given, 'run');
  if (problem) addProblem(problem.file === MAIN ? { ...problem, file: file.name } : problem);
}

async function loadExample(name: string): Promise<void> {
  const example = EXAMPLES.find(({ id, title }) => id === name || title.toLowerCase() === name.toLowerCase());
  if (example) {
    await evaluate(bundle(example.files));
    return;
  }
  const list = EXAMPLES.map(({ id, description }) => `\u001b[32m${id}\u001b[0m  ${description}`).join('\n');
  if (name === '') show({ kind: 'note', text: list });
  else show({ kind: 'error', text: `There is no example ${name}. There are:\n${list}` });
}

function edit(): void {
  editing.value = true;
  show({ kind: 'note', text: 'Enter begins a new line. .done, or Ctrl-Enter, evaluates; .cancel drops it.' });
}

function toggleDryRuns(): void {
  dryRuns.value = !dryRuns.value;
  show({ kind: 'note', text: dryRuns.value ? 'Dry runs are on: what you type changes nothing.' : 'Dry runs are off: what you type counts again.' });
}

async function monitor(isOn: boolean): Promise<void> {
  const process = selected.peek();
  if (!process) throw new Error('there is no process yet: press Run, or type some Lua');
  const opened = await open();
  await (isOn ? opened.monitor(process) : opened.unmonitor(process));
  await refresh(opened);
  show({ kind: 'note', text: isOn ? `The cron of ${nameOf(process)} ticks by itself.` : `The cron of ${nameOf(process)} waits for messages.` });
}
