import { computed } from '@preact/signals';
import { kept } from '../app/kept.ts';
import type { Shared } from '../share/link.ts';
import { MAIN } from '../workspace/files.ts';

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

/** Code to start from, and what to send to it. */
export interface Example extends Shared {
  /** The name of its folder; empty of what came with a link. */
  readonly id: string;
  /** A table of numbers by name, to be drawn. */
  readonly plot?: { readonly title: string; readonly lua: string } | undefined;
}

/** What `messages.json` holds. */
type Script = Pick<Example, 'title' | 'description' | 'plot' | 'steps'> & Partial<Pick<Example, 'cast' | 'spawn'>>;

const sources = import.meta.glob<string>('../../examples/*/process.lua', { query: '?raw', import: 'default', eager: true });
const scripts = import.meta.glob<Script>('../../examples/*/messages.json', { import: 'default', eager: true });

/** All of them, by title. */
export const EXAMPLES: readonly Example[] = Object.entries(scripts)
  .map(([path, { cast = { process: 1 }, spawn = {}, ...script }]) => ({
    ...script,
    id: path.split('/').at(-2) ?? path,
    files: [{ name: MAIN, text: sources[path.replace('messages.json', 'process.lua')] ?? '' }],
    cast,
    spawn,
  }))
  .sort((one, other) => one.title.localeCompare(other.title));

/** What a first visit finds in the editor. */
export const FIRST = 'token';

/** The id of the example that was chosen last, or nothing if the code is of another origin. */
export const exampleId = kept<string | null>('example', FIRST);

/** What came with a link, if the code in the editor did. */
export const received = kept<Shared | null>('received', null);

/** What the code in the editor began as: an example, or what came with a link. */
export const example = computed((): Example | undefined =>
  received.value ? { ...received.value, id: '' } : EXAMPLES.find(({ id }) => id === exampleId.value),
);
