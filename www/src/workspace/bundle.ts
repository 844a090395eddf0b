import { tokens } from '../lua/tokens.ts';
import { MAIN, moduleName, type SourceFile } from './source-file.ts';

/**
 * One Lua source of several files: what `main.lua` requires is put in front of its first line, so that lines keep their
 * numbers. A process that is given it again has the new files, and those no longer that are gone. A single file that
 * requires nothing stays as it is.
 */
export function bundle(files: readonly SourceFile[]): string {
  const main = files.find(({ name }) => name === MAIN)?.text ?? '';
  const modules = files.filter(({ name }) => name !== MAIN);
  if (modules.length === 0 && !requires(main)) return main;
  return FORGET + modules.map(preload).join('') + main;
}

/** Takes away what an earlier bundle brought: such a module's loader is of a chunk that is called as it is. */
const FORGET =
  'for name, loader in pairs(package.preload) do ' +
  'if debug.getinfo(loader, "S").source == "@" .. tostring(name):gsub("%.", "/") .. ".lua" ' +
  'then package.preload[name], package.loaded[name] = nil, nil end end ';

function preload({ name, text }: SourceFile): string {
  const module = luaString(moduleName(name));
  return `package.loaded[${module}] = nil package.preload[${module}] = assert(load(${luaString(text)}, ${luaString(`@${name}`)})) `;
}

function requires(source: string): boolean {
  return tokens(source).some(({ kind, from, to }) => kind === 'name' && source.slice(from, to) === 'require');
}

/** A Lua literal on one line. */
function luaString(text: string): string {
  const escaped = text.replace(/[\\"\n\r\0]/g, (character) => `\\${character.charCodeAt(0).toString().padStart(3, '0')}`);
  return `"${escaped}"`;
}
