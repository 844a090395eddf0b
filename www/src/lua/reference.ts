/** What `docs/lua.md` says of a name. */
export interface Entry {
  /** As it is written in Lua: `Handlers.add`, `msg.reply`. */
  readonly name: string;
  /** How it is called: `Handlers.add(name, [pattern,] handle, [maxRuns])`. */
  readonly signature: string;
  /** One line, in Markdown of code spans alone. */
  readonly text: string;
}

/** Tables whose fields a section of the document names without them. */
const PREFIXES: readonly (readonly [heading: RegExp, prefix: string])[] = [
  [/^`Utils`/, 'Utils.'],
  [/\.base64/, 'base64.'],
  [/\.crdt/, 'crdt.'],
];

/** Reads the tables of `docs/lua.md`, in which a row is names and what they do, by their names. */
export function readReference(markdown: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  let prefix = '';
  let isRead = true;
  for (const line of markdown.split('\n')) {
    const heading = /^## (.*)$/.exec(line)?.[1];
    if (heading !== undefined) {
      prefix = PREFIXES.find(([pattern]) => pattern.test(heading))?.[1] ?? '';
      // Of these, a name alone would say too little.
      isRead = !/\.bint|\.crypto|Other modules/.test(heading);
    }
    const row = isRead && /^\| (.*?) \| (.*) \|$/.exec(line);
    if (!row) continue;
    for (const entry of entriesOf(row[1] ?? '', row[2] ?? '', prefix)) {
      if (!entries.has(entry.name)) entries.set(entry.name, entry);
    }
  }
  return entries;
}

function* entriesOf(names: string, text: string, prefix: string): Generator<Entry> {
  for (const [, code = ''] of names.matchAll(/`([^`]+)`/g)) {
    const signature = code.replaceAll('\\|', '|');
    const name = /^[A-Za-z_][\w.]*/.exec(signature)?.[0] ?? '';
    const field = /^msg\["([^"]+)"\]$/.exec(signature)?.[1];
    if (field !== undefined) yield { name: `msg.${field}`, signature, text };
    else if (name !== '' && !name.endsWith('.')) {
      const isFull = prefix === '' || name.startsWith(prefix);
      yield { name: isFull ? name : prefix + name, signature: isFull ? signature : prefix + signature, text };
    }
  }
}

/** The entry of a dotted name: in full, or by its last two parts, as `crdt.GCounter.new` has it from `GCounter.new`. */
export function entryOf(entries: ReadonlyMap<string, Entry>, name: string): Entry | undefined {
  const parts = name.split('.');
  for (let first = 0; first < parts.length; first += 1) {
    if (first > 0 && parts.length - first < 2) return undefined;
    const entry = entries.get(parts.slice(first).join('.'));
    if (entry) return entry;
  }
  return undefined;
}
