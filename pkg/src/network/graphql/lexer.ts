import { GraphQLError, type Location } from './document.js';

export type TokenKind = 'name' | 'int' | 'float' | 'string' | 'punctuator' | 'end';

export interface Token {
  kind: TokenKind;
  /** The text as it stands there; of a string, what it means. */
  text: string;
  at: Location;
}

/** In the order in which they are tried: a block of text begins as a string does, and a float as an integer. */
const PATTERNS: readonly (readonly [TokenKind | 'block', RegExp])[] = [
  ['name', /[_A-Za-z]\w*/y],
  ['float', /-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)(?![\w.])/y],
  ['int', /-?(?:0|[1-9]\d*)(?![\w.])/y],
  ['block', /"""((?:\\"""|[^])*?)"""/y],
  ['string', /"(?:[^"\\\n\r]|\\["\\/bfnrt]|\\u[0-9A-Fa-f]{4})*"/y],
  ['punctuator', /\.\.\.|[!$&()=:@[\]{|}]/y],
];
/** What says nothing: blanks, line ends, commas, comments, and the mark at the beginning of a file. */
const IGNORED = /(?:[\s,\uFEFF]|#[^\n\r]*)*/y;

/**
 * The tokens of a query, and one at its end.
 *
 * @throws {@link GraphQLError} where the text is none of GraphQL's.
 */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const place = new Place();
  for (let index = 0; ; ) {
    place.pass(source.slice(index, (index = skip(source, index))));
    const at = place.location();
    if (index === source.length) return [...tokens, { kind: 'end', text: '<EOF>', at }];
    const found = match(source, index);
    if (!found) throw new GraphQLError(`Syntax Error: Unexpected character: ${character(source, index)}.`, at);
    tokens.push({ kind: found.kind, text: found.text, at });
    place.pass(source.slice(index, (index += found.length)));
  }
}

/** How far a text was read, in lines and columns. */
class Place {
  #line = 1;
  #column = 1;

  pass(text: string): void {
    const lines = text.split(/\r\n|[\n\r]/);
    const last = lines.at(-1)?.length ?? 0;
    this.#column = lines.length > 1 ? last + 1 : this.#column + last;
    this.#line += lines.length - 1;
  }

  location(): Location {
    return { line: this.#line, column: this.#column };
  }
}

function match(source: string, index: number): { kind: TokenKind; text: string; length: number } | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = index;
    const matched = pattern.exec(source);
    if (!matched) continue;
    const [text, block = ''] = matched;
    const { length } = text;
    if (kind === 'block') return { kind: 'string', text: dedented(block.replaceAll('\\"""', '"""')), length };
    // GraphQL's escapes are those of JSON.
    if (kind === 'string') return { kind, text: JSON.parse(text.replaceAll('\t', '\\t')) as string, length };
    return { kind, text, length };
  }
  return undefined;
}

/** A block without the indentation that its lines have in common, and without blank lines at its ends. */
function dedented(block: string): string {
  const lines = block.split(/\r\n|[\n\r]/);
  const indents = lines.slice(1).filter((line) => line.trim() !== '').map((line) => line.search(/[^ \t]/));
  const common = Math.min(...indents);
  const cut = lines.map((line, number) => (number === 0 || common === Infinity ? line : line.slice(common)));
  while (cut[0]?.trim() === '') cut.shift();
  while (cut.at(-1)?.trim() === '') cut.pop();
  return cut.join('\n');
}

function skip(source: string, index: number): number {
  IGNORED.lastIndex = index;
  IGNORED.exec(source);
  return IGNORED.lastIndex;
}

function character(source: string, index: number): string {
  return JSON.stringify(String.fromCodePoint(source.codePointAt(index) ?? 0));
}
