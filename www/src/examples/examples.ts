import { computed } from '@preact/signals';
import { kept } from '../app/kept.ts';

/** What is looked at after a message: Lua expressions and their values, by the name of the process. */
export type Reads = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What an example says that a message comes to. `www/examples/README.md` says how it is compared. */
export interface Expected {
  readonly messages?: readonly unknown[];
  readonly output?: string | readonly string[] | object;
  readonly reads?: Reads;
}

/** A message that an example has ready, or a call of the unit. */
export interface Step {
  /** What happens, in a sentence. */
  readonly says: string;
  /** Who sends it: `owner`, who spawned the process, or another name. */
  readonly from?: string;
  /** Which process of the cast it is for; the first, if left out. */
  readonly to?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Text, or a value that is sent as JSON. */
  readonly data?: unknown;
  /** Messages of one id are one message, which is assigned again. */
  readonly id?: string;
  /** A call of the unit instead of a message. */
  readonly call?: 'monitor' | 'unmonitor';
  readonly expected: Expected;
}

/** A process to start from, and what to send to it. */
export interface Example {
  /** The name of its folder. */
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  readonly source: string;
  /** The names of its processes: all of them are of one source. */
  readonly cast: readonly string[];
  /** Further tags of their spawns. */
  readonly spawn: Readonly<Record<string, string>>;
  /** A table of numbers by name, to be drawn. */
  readonly plot?: { readonly title: string; readonly lua: string } | undefined;
  readonly steps: readonly Step[];
}

/** What `messages.json` holds. */
interface Script extends Pick<Example, 'title' | 'description' | 'plot' | 'steps'> {
  /** How many processes of each name. One that is called `process`, if left out. */
  readonly cast?: Readonly<Record<string, number>>;
  readonly spawn?: Readonly<Record<string, string>>;
}

const sources = import.meta.glob<string>('../../examples/*/process.lua', { query: '?raw', import: 'default', eager: true });
const scripts = import.meta.glob<Script>('../../examples/*/messages.json', { import: 'default', eager: true });

/** All of them, by title. */
export const EXAMPLES: readonly Example[] = Object.entries(scripts)
  .map(([path, { cast = { process: 1 }, spawn = {}, ...script }]) => ({
    ...script,
    id: path.split('/').at(-2) ?? path,
    source: sources[path.replace('messages.json', 'process.lua')] ?? '',
    cast: Object.entries(cast).flatMap(([name, count]) => named(name, count)),
    spawn,
  }))
  .sort((one, other) => one.title.localeCompare(other.title));

/** What a first visit finds in the editor. */
export const FIRST = 'token';

/** The id of the example that was chosen last, or nothing if the code is of another origin. */
export const exampleId = kept<string | null>('example', FIRST);

/** The example that was chosen last. */
export const example = computed(() => EXAMPLES.find(({ id }) => id === exampleId.value));

function named(name: string, count: number): string[] {
  return count === 1 ? [name] : Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);
}
