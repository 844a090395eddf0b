import { batch, computed, signal } from '@preact/signals';
import { kept, rereadKept, saveKept, type Choice } from '../app/kept.ts';
import first from '../../examples/token/process.lua?raw';
import { MAIN, type SourceFile } from './source-file.ts';

export { MAIN, type SourceFile } from './source-file.ts';

/** What the code began as goes with it from tab to tab: an example, or what came with a link. */
const ORIGIN = ['example', 'received'];

/** Set while the code was changed in this tab and in another: the reader chooses. */
export const otherCode = signal<Choice | undefined>(undefined);

/** The files of the editor, `main.lua` first. They outlive a reload; a first visit finds an example. */
export const files = kept<readonly SourceFile[]>('files', [{ name: MAIN, text: first }], {
  taken: () => batch(() => rereadKept(ORIGIN)),
  differs(choice) {
    otherCode.value = choice && {
      take: choice.take,
      keep() {
        saveKept(ORIGIN);
        choice.keep();
      },
    };
  },
});

/** The name of the file that is shown. */
export const active = kept('active-file', MAIN);

/** The file that is shown. */
export const activeFile = computed(
  () => files.value.find(({ name }) => name === active.value) ?? files.value[0] ?? { name: MAIN, text: '' },
);

/** The name of the file that is shown; a key that is pressed does not change it. */
export const activeName = computed(() => activeFile.value.name);

/** The names of the files, one a line; a key that is pressed changes none. */
export const fileNames = computed(() => files.value.map(({ name }) => name).join('\n'));

/** Writes a file; makes it, if there is none of this name. */
export function write(name: string, text: string): void {
  const exists = files.value.some((file) => file.name === name);
  files.value = exists
    ? files.value.map((file) => (file.name === name ? { name, text } : file))
    : [...files.value, { name, text }];
}

/** Gives a file another name. `main.lua` keeps its own. */
export function rename(name: string, next: string): void {
  if (name === MAIN) return;
  batch(() => {
    files.value = files.value.map((file) => (file.name === name ? { ...file, name: next } : file));
    if (active.value === name) active.value = next;
  });
}

/** Takes a file away. `main.lua` stays. */
export function remove(name: string): void {
  if (name === MAIN) return;
  batch(() => {
    files.value = files.value.filter((file) => file.name !== name);
    if (active.value === name) active.value = MAIN;
  });
}

/** Puts other files in the place of all. */
export function replaceAll(next: readonly SourceFile[]): void {
  batch(() => {
    files.value = next;
    active.value = next[0]?.name ?? MAIN;
  });
}
