/** A file of the editor. `main.lua` is what runs; the others are what it requires. */
export interface SourceFile {
  /** Ends in `.lua`; `require` finds it by {@link moduleName}. */
  readonly name: string;
  readonly text: string;
}

export const MAIN = 'main.lua';

/** What `require` calls a file: `lib/list.lua` is `lib.list`. */
export function moduleName(file: string): string {
  return file.replace(/\.lua$/, '').replaceAll('/', '.');
}

/** Modules that a process has of its own: a file of this name would hide one of them. */
const TAKEN: ReadonlySet<string> = new Set(
  'ao json base64 bit32 coroutine debug math os package string table utf8 _G'.split(' '),
);

/** What is the matter with a name for a new file, or nothing. */
export function nameProblem(name: string, files: readonly SourceFile[]): string | undefined {
  if (!/^[\w-]+(\/[\w-]+)*\.lua$/.test(name)) {
    return `“${name}” cannot be the name of a file: use letters, digits, - and _, / after a folder, and .lua at the end`;
  }
  if (files.some((file) => file.name === name)) return `there is a file ${name} already`;
  if (TAKEN.has(moduleName(name))) return `a process has a module ${moduleName(name)} already: choose another name`;
  return undefined;
}
