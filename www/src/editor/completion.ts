import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { KEYWORDS } from '../lua/tokens.ts';
import { moduleName } from '../workspace/source-file.ts';
import { MAIN, files } from '../workspace/files.ts';
import { helpOf } from './hover.ts';
import { liveNames } from './live-names.ts';
import { reference } from './reference.ts';

/** What may stand at the cursor: names of the selected process, of `docs/lua.md`, of Lua, and of the text itself. */
export function completeLua(context: CompletionContext): CompletionResult | null {
  if (isWithin(context, 'comment')) return null;
  return modules(context) ?? handlerNames(context) ?? fieldsOf(context) ?? names(context);
}

/** `require "` */
function modules(context: CompletionContext): CompletionResult | null {
  const match = context.matchBefore(/\brequire\s*\(?\s*["'][\w.-]*$/);
  if (!match) return null;
  const own = files.peek().filter(({ name }) => name !== MAIN).map(({ name }) => option(moduleName(name), 'file', 'namespace'));
  const runtime = ['json', '.base64', '.bint', '.crypto', '.crdt', '.utils', '.pretty', '.stringify'];
  return result(match.from + (/["']/.exec(match.text)?.index ?? 0) + 1, [...own, ...runtime.map((name) => option(name, 'runtime', 'namespace'))], /^[\w.-]*$/);
}

/** Names of handlers, within the string that is to name one. */
function handlerNames(context: CompletionContext): CompletionResult | null {
  const match = context.matchBefore(/(?:\bHandlers\.\w+\(\s*|\bAction\s*=\s*)["'][\w-]*$/);
  if (!match) return isWithin(context, 'string') ? result(context.pos, [], /^$/) : null;
  const from = match.from + match.text.search(/["'][\w-]*$/) + 1;
  return result(from, liveNames().handlers.map((name) => option(name, 'handler', 'constant')), /^[\w-]*$/);
}

/** `table.` */
function fieldsOf(context: CompletionContext): CompletionResult | null {
  const match = context.matchBefore(/[A-Za-z_]\w*(?:\.\w+)*[.:]\w*$/);
  if (!match) return null;
  const dot = Math.max(match.text.lastIndexOf('.'), match.text.lastIndexOf(':'));
  const table = match.text.slice(0, dot);
  const options = new Map<string, Completion>();
  for (const [name, kind] of Object.entries(liveNames().fields[table] ?? {})) options.set(name, option(name, kind, typeOf(kind)));
  const prefix = `${table}.`;
  for (const entry of reference.values()) {
    const name = entry.name.startsWith(prefix) ? entry.name.slice(prefix.length) : '';
    if (/^\w+$/.test(name)) options.set(name, described(name, entry.name, options.get(name)));
  }
  if (table === 'msg' || table === 'msg.Tags') {
    for (const name of tagsIn(context)) if (!options.has(name)) options.set(name, option(name, 'tag', 'property'));
  }
  return result(match.from + dot + 1, [...options.values()], /^\w*$/);
}

function names(context: CompletionContext): CompletionResult | null {
  const match = context.matchBefore(/[A-Za-z_]\w*$/);
  if (!match && !context.explicit) return null;
  const options = new Map<string, Completion>();
  for (const word of KEYWORDS) options.set(word, option(word, '', 'keyword'));
  for (const [, name = ''] of nearText(context).matchAll(/\b(?:local|function)\s+([A-Za-z_]\w*)/g)) options.set(name, option(name, '', 'variable'));
  options.set('msg', option('msg', 'the message', 'variable'));
  for (const [name, kind] of Object.entries(liveNames().globals)) options.set(name, option(name, kind, typeOf(kind)));
  for (const { name } of reference.values()) {
    if (/^\w+$/.test(name)) options.set(name, described(name, name, options.get(name)));
  }
  for (const table of ['ao', 'Handlers', 'Utils', 'json', 'string', 'table', 'math', 'os', 'utf8', 'coroutine']) {
    if (!options.has(table)) options.set(table, option(table, 'table', 'namespace'));
  }
  return result(match?.from ?? context.pos, [...options.values()], /^\w*$/);
}

function result(from: number, options: readonly Completion[], validFor: RegExp): CompletionResult {
  return { from, options, validFor };
}

function option(label: string, detail: string, type: string): Completion {
  return { label, detail, type };
}

/** With what the reference says of it. */
function described(label: string, name: string, live: Completion | undefined): Completion {
  const entry = reference.get(name);
  const known = live ?? option(label, '', entry?.signature.includes('(') ? 'function' : 'property');
  return entry ? { ...known, boost: 1, info: () => helpOf(entry) } : known;
}

function typeOf(kind: string): string {
  return kind === 'function' ? 'function' : kind === 'table' ? 'namespace' : 'variable';
}

/** Around the cursor, so much of the text is looked at: a long file costs a key no more than a short one. */
const NEAR = 20_000;

function nearText({ state, pos }: CompletionContext): string {
  return state.sliceDoc(Math.max(0, pos - NEAR), Math.min(state.doc.length, pos + NEAR));
}

/** Tags that the text reads of messages. */
function tagsIn(context: CompletionContext): Set<string> {
  const found = new Set<string>();
  const word = context.matchBefore(/\w*$/)?.text;
  for (const [, name = ''] of nearText(context).matchAll(/\bmsg\.(?:Tags\.)?([A-Z]\w*)/g)) if (name !== word) found.add(name);
  return found;
}

/** Whether the cursor is in a string or a comment, as far as its line tells. */
function isWithin(context: CompletionContext, kind: 'string' | 'comment'): boolean {
  return context.tokenBefore([kind]) !== null;
}
