/** A piece of Lua source. White space lies between pieces. */
export interface Token {
  readonly kind: 'name' | 'keyword' | 'number' | 'string' | 'symbol' | 'comment' | 'unknown';
  readonly from: number;
  readonly to: number;
  /** Whether the string or the comment has its end: what is being written has none yet. */
  readonly closed: boolean;
}

export const KEYWORDS: ReadonlySet<string> = new Set(
  'and break do else elseif end false for function goto if in local nil not or repeat return then true until while'.split(' '),
);

/** What Lua takes for white space: fewer characters than a regular expression's `\s`. */
const SPACE = /[ \t\n\v\f\r]+/y;
const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /0[xX](?:[\da-fA-F.]|[pP][+-]?)*|(?:\.\d|\d)(?:[\d.]|[eE][+-]?)*/y;
const LONG = /\[(=*)\[/y;
const SYMBOL = /\.\.\.|\.\.|==|~=|<=|>=|\/\/|::|<<|>>|[-+*/%^#&~|<>=(){}[\];:,.]/y;

/** The tokens of Lua source, of whatever is no Lua, too: every character but white space is in one of them. */
export function tokens(source: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): number | undefined => {
    pattern.lastIndex = at;
    return pattern.test(source) ? pattern.lastIndex : undefined;
  };
  const push = (kind: Token['kind'], to: number, closed = true) => {
    found.push({ kind, from: at, to, closed });
    at = to;
  };
  // A file may begin with a line for a shell.
  if (source.startsWith('#')) push('comment', endOfLine(source, 0));
  while (at < source.length) {
    const space = match(SPACE);
    if (space !== undefined) {
      at = space;
      continue;
    }
    const first = source.charAt(at);
    if (source.startsWith('--', at)) {
      const long = longEnd(source, at + 2);
      if (long) push('comment', long.to, long.closed);
      else push('comment', endOfLine(source, at));
    } else if (first === '"' || first === "'") {
      const { to, closed } = shortEnd(source, at);
      push('string', to, closed);
    } else {
      const long = longEnd(source, at);
      const name = match(NAME);
      const number = match(NUMBER);
      if (long) push('string', long.to, long.closed);
      else if (name !== undefined) push(KEYWORDS.has(source.slice(at, name)) ? 'keyword' : 'name', name);
      else if (number !== undefined) push('number', number);
      else {
        const symbol = match(SYMBOL);
        push(symbol === undefined ? 'unknown' : 'symbol', symbol ?? at + 1);
      }
    }
  }
  return found;
}

/** Where a comment ends: white space at the end of the line is none of it. */
function endOfLine(source: string, from: number): number {
  const end = source.indexOf('\n', from);
  const line = source.slice(from, end < 0 ? source.length : end);
  return from + line.replace(/[ \t\v\f\r]+$/, '').length;
}

/** Where a long bracket that begins at `from` ends; nothing, if none begins there. */
function longEnd(source: string, from: number): { to: number; closed: boolean } | undefined {
  LONG.lastIndex = from;
  const level = LONG.exec(source)?.[1];
  if (level === undefined) return undefined;
  const close = `]${level}]`;
  const end = source.indexOf(close, from + level.length + 2);
  return end < 0 ? { to: source.length, closed: false } : { to: end + close.length, closed: true };
}

/** Where a quoted string that begins at `from` ends: at its quote, or at the end of the line. */
function shortEnd(source: string, from: number): { to: number; closed: boolean } {
  const quote = source[from];
  let at = from + 1;
  while (at < source.length) {
    const character = source[at];
    if (character === quote) return { to: at + 1, closed: true };
    if (character === '\n') return { to: at, closed: false };
    if (character !== '\\') at += 1;
    else if (source[at + 1] === 'z') {
      SPACE.lastIndex = at + 2;
      at = SPACE.test(source) ? SPACE.lastIndex : at + 2;
    } else at += source.startsWith('\r\n', at + 1) ? 3 : 2;
  }
  return { to: Math.min(at, source.length), closed: false };
}
