import { MAIN, type SourceFile } from './files.ts';

/**
 * One Lua source of several files: what `main.lua` requires is preloaded in front of its first line, so that lines keep
 * their numbers. A file that is loaded again replaces what it was.
 */
export function bundle(files: readonly SourceFile[]): string {
  const main = files.find(({ name }) => name === MAIN)?.text ?? '';
  const modules = files.filter(({ name }) => name !== MAIN).map(preload);
  return modules.join('') + main;
}

function preload({ name, text }: SourceFile): string {
  const module = luaString(name.replace(/\.lua$/, ''));
  return `package.loaded[${module}]=nil package.preload[${module}]=assert(load(${luaString(text)},${luaString(`@${name}`)})) `;
}

/** A Lua literal on one line. */
function luaString(text: string): string {
  const escaped = text.replace(/[\\"\n\r\0]/g, (character) => `\\${character.charCodeAt(0).toString().padStart(3, '0')}`);
  return `"${escaped}"`;
}
