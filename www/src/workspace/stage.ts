import { signal } from '@preact/signals';
import { kept } from '../app/kept.ts';

/** What Run starts: one process, or several of the same source. */
export interface Staging {
  /** The name of the process, or in front of the names of all. */
  readonly title: string | undefined;
  readonly cast: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

const ALONE: Staging = { title: undefined, cast: ['process'], tags: {} };

/** What the code in the editor asks for. */
export const staging = signal(ALONE);

/** The processes that Run started last, by their names in the cast. A reload knows them still. */
export const cast = kept<Readonly<Record<string, string>>>('cast', {}, {});

/** The `Name` of a process. */
export function processName({ title, cast }: Staging, name: string): string | undefined {
  return cast.length === 1 ? title : name;
}

/** The names of a cast: `{ host: 1, guest: 2 }` is `host`, `guest-1` and `guest-2`. */
export function castNames(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts).flatMap(([name, count]) =>
    count === 1 ? [name] : Array.from({ length: count }, (_, index) => `${name}-${index + 1}`),
  );
}
