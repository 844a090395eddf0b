import { signal } from '@preact/signals';

/** A message that an example has ready. */
export interface ReadyMessage {
  /** Who sends it: `owner`, who spawned the process, or another name. */
  readonly from: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Text, or a value that is sent as JSON. */
  readonly data?: unknown;
}

/** A process to start from, and what to send to it. */
export interface Example {
  /** The name of its folder. */
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  readonly source: string;
  readonly messages: readonly ReadyMessage[];
}

interface MessagesFile {
  title: string;
  description: string;
  steps: ReadyMessage[];
}

const sources = import.meta.glob<string>('../../examples/*/process.lua', { query: '?raw', import: 'default', eager: true });
const scripts = import.meta.glob<MessagesFile>('../../examples/*/messages.json', { import: 'default', eager: true });

/** All of them, by title. */
export const EXAMPLES: readonly Example[] = Object.entries(scripts)
  .map(([path, { title, description, steps }]) => ({
    id: path.split('/').at(-2) ?? path,
    title,
    description,
    source: sources[path.replace('messages.json', 'process.lua')] ?? '',
    messages: steps,
  }))
  .sort((one, other) => one.title.localeCompare(other.title));

/** The example that was chosen last. */
export const example = signal<Example | undefined>(EXAMPLES.find(({ id }) => id === 'token'));
