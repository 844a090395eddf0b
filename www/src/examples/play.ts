import { effect, signal } from '@preact/signals';
import type { Outcome, Unit } from 'ao-unit/unit';
import { processes } from '../unit/processes.ts';
import { open } from '../unit/session.ts';
import { cast } from '../workspace/stage.ts';
import { actor } from './actors.ts';
import { example, exampleId, received, type Reads, type Step } from './examples.ts';
import { differenceOf, matches } from './expected.ts';
import { fill, type Facts } from './fill.ts';
import { partsIn } from './parts.ts';

/** How it stands with a step of the example. */
export type StepState =
  | { readonly state: 'sending' }
  /** `difference` says what is other than the example expects. */
  | { readonly state: 'done'; readonly outcome: Outcome | undefined; readonly difference: string | undefined }
  | { readonly state: 'failed'; readonly error: unknown };

/** By the place of the step. */
export const played = signal<ReadonlyMap<number, StepState>>(new Map());

/** Messages that an example names, so that it can send the same one again. */
let sent = new Map<string, string>();

// What was sent is forgotten when the processes are others.
effect(() => {
  void cast.value;
  void exampleId.value;
  void received.value;
  played.value = new Map();
  sent = new Map();
});

/** Sends a step to its process, and compares what it comes to. */
export async function play(place: number, step: Step): Promise<void> {
  const tell = (state: StepState) => (played.value = new Map(played.value).set(place, state));
  tell({ state: 'sending' });
  try {
    const unit = await open();
    tell(step.call ? await called(unit, step) : await messaged(unit, step));
  } catch (error) {
    tell({ state: 'failed', error });
  }
}

async function called(unit: Unit, step: Step): Promise<StepState> {
  const process = processOf(step.to);
  await (step.call === 'monitor' ? unit.monitor(process) : unit.unmonitor(process));
  return { state: 'done', outcome: undefined, difference: await unread(unit, step.expected.reads, {}) };
}

async function messaged(unit: Unit, step: Step): Promise<StepState> {
  const process = processOf(step.to);
  const facts: Record<string, unknown> = { ...(await people(process, step)), ...stage(process) };
  const { from = 'owner', tags = {}, data = '' } = fill(step, facts);
  const { signer } = await actor(from, ownerOf(process));
  const again = step.id === undefined ? undefined : sent.get(step.id);
  const message = again
    ? await unit.assign({ process, message: again })
    : await unit.message({
        process,
        signer,
        tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
        data: typeof data === 'string' ? data : JSON.stringify(data),
      });
  if (step.id !== undefined) sent.set(step.id, message);
  const outcome = await unit.result({ process, message });
  Object.assign(facts, { id: message }, await times(unit, process, message));
  const expected = fill(step.expected, facts);
  return {
    state: 'done',
    outcome,
    difference: differenceOf(expected, outcome) ?? (await unread(unit, expected.reads, facts)),
  };
}

/** The process that plays a part, the first if none is named: one that Run started from this code, and no other. */
function processOf(name: string | undefined): string {
  const id = name === undefined ? Object.values(cast.value)[0] : cast.value[name];
  if (id === undefined) throw new Error('press Run first: the process is not there yet');
  return id;
}

function ownerOf(process: string): string {
  return processes.value.find(({ id }) => id === process)?.owner ?? '';
}

/** The addresses of those who are named in a step. */
async function people(process: string, step: Step): Promise<Facts> {
  const owner = ownerOf(process);
  const asked = partsIn(step, example.value?.steps ?? []);
  return Object.fromEntries(await Promise.all(asked.map(async (name) => [name, (await actor(name, owner)).address])));
}

/** The processes by their names, and those that are numbered as lists: `{guests}`. */
function stage(process: string): Facts {
  const lists: Record<string, string[]> = {};
  for (const [name, id] of Object.entries(cast.value)) {
    const plural = name.replace(/-\d+$/, 's');
    if (plural !== name) (lists[plural] ??= []).push(id);
  }
  return { ...cast.value, ...lists, process, brace: '{' };
}

/** The time of a message, and the age of its process then, in milliseconds. */
async function times(unit: Unit, process: string, message: string): Promise<Facts> {
  const [own, spawn] = await Promise.all([unit.find(message, { process }), unit.find(process)]);
  const at = (found: typeof own) => Number(found?.assignment.tags.find(({ name }) => name === 'Timestamp')?.value);
  return { timestamp: at(own), age: at(own) - at(spawn) };
}

/** What follows from a message may take a moment: so long is it waited for, in milliseconds. */
const PATIENCE_MS = 10_000;

/** What is not as the example says, once everything that followed is evaluated. */
async function unread(unit: Unit, reads: Reads | undefined, facts: Facts): Promise<string | undefined> {
  const until = performance.now() + PATIENCE_MS;
  for (const [name, values] of Object.entries(reads ?? {})) {
    for (const [lua, expected] of Object.entries(fill(values, facts))) {
      for (;;) {
        const actual = await unit.read(processOf(name === 'process' ? undefined : name), lua);
        if (matches(expected, actual)) break;
        if (performance.now() > until) {
          return `The example expects ${lua} to be ${JSON.stringify(expected)} in ${name}; it is ${JSON.stringify(actual)}`;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }
  return undefined;
}
