import { computed } from '@preact/signals';
import { kept } from '../app/kept.ts';
import { MAIN, type SourceFile } from './source-file.ts';
import first from '../../examples/token/process.lua?raw';

export { MAIN, type SourceFile };

/** The files of the editor, `main.lua` first. They outlive a reload; a first visit finds an example. */
export const files = kept<readonly SourceFile[]>('files', [{ name: MAIN, text: first }]);

/** The name of the file that is shown. */
export const active = kept('active-file', MAIN);

/** The file that is shown. */
export const activeFile = computed(
  () => files.value.find(({ name }) => name === active.value) ?? files.value[0] ?? { name: MAIN, text: '' },
);

/** Writes a file; makes it, if there is none of this name. */
export function write(name: string, text: string): void {
  const exists = files.value.some((file) => file.name === name);
  files.value = exists
    ? files.value.map((file) => (file.name === name ? { name, text } : file))
    : [...files.value, { name, text }];
}

/** Puts other files in the place of all. */
export function replaceAll(next: readonly SourceFile[]): void {
  files.value = next;
  active.value = next[0]?.name ?? MAIN;
}
