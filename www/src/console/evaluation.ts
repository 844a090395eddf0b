import { computed, effect, signal } from '@preact/signals';
import type { Outcome, Unit } from 'ao-unit/unit';
import { messageOf } from '../app/message-of.ts';
import { evaluateIn } from '../unit/evaluate.ts';
import { refresh, selected } from '../unit/processes.ts';
import { open, unit } from '../unit/session.ts';
import { signing } from '../unit/signing.ts';
import { show } from './transcript.ts';

/** The prompt of the selected process, as its last outcome has it. */
export const prompt = signal('aos> ');

/** Whether what is typed is evaluated on a copy, and leaves no trace. */
export const dryRuns = signal(false);

/** Messages that the console sent itself: their outcomes are shown where they were typed. */
export const own = new Set<string>();

/** So many commands are under way. */
const pending = signal(0);

/** Whether something is being evaluated. */
export const busy = computed(() => pending.value > 0);

let last: Promise<void> = Promise.resolve();

/** Does one thing after the other, in the order in which they were typed. What goes wrong is shown. */
export function inTurn(work: () => Promise<void>): Promise<void> {
  pending.value += 1;
  last = last
    .then(work)
    .catch((error: unknown) => show({ kind: 'error', text: messageOf(error) }))
    .finally(() => (pending.value -= 1));
  return last;
}

/** Has the selected process evaluate Lua, and shows what came of it. Without a process, one is started. */
export async function evaluate(lua: string): Promise<Outcome> {
  const opened = await open();
  const identity = await signing();
  const process = selected.peek() ?? (await started(opened));
  const outcome = dryRuns.peek()
    ? await opened.dryrun({ process, Owner: identity.address, tags: [{ name: 'Action', value: 'Eval' }], data: lua })
    : await evaluateIn(opened, process, lua, identity, (message) => own.add(message));
  showOutcome(outcome);
  return outcome;
}

/** Shows what an outcome printed, or how it failed, and takes over its prompt. */
export function showOutcome({ Error: failure, Output }: Outcome): void {
  if (failure !== undefined) show({ kind: 'error', text: withoutRuntime(failure.trim()) });
  const printed = typeof Output === 'object' ? String(Output.data ?? '') : '';
  if (failure === undefined && printed !== '') show({ kind: 'output', text: printed });
  if (typeof Output === 'object' && typeof Output.prompt === 'string') prompt.value = Output.prompt;
}

/** Where in the runtime an error came by tells nobody anything: aos's terminal leaves it out, too. */
function withoutRuntime(failure: string): string {
  return failure.replace(/\[string "\.[\w-]+"\]:\d+: /g, '');
}

async function started(opened: Unit): Promise<string> {
  const { signer } = await signing();
  const process = await opened.deploy({ source: '-- A process for the console', signer });
  await refresh(opened);
  selected.value = process;
  show({ kind: 'note', text: 'Started a new process.' });
  return process;
}

/** Keeps the prompt that of the selected process, for as long as the page is there. */
export function followPrompt(): void {
  effect(() => {
    const opened = unit.value;
    const process = selected.value;
    prompt.value = 'aos> ';
    if (!opened || !process) return;
    void opened.inspect<string>(process, 'Prompt()').then(
      (text) => {
        if (selected.peek() === process && typeof text === 'string') prompt.value = text;
      },
      // One that has not begun has no prompt.
      () => undefined,
    );
  });
}
