import { tokens, type Token } from './tokens.ts';

const OPENS: ReadonlySet<string> = new Set(['function', 'do', 'then', 'else', 'repeat', '(', '[', '{']);
const CLOSES: ReadonlySet<string> = new Set(['end', 'until', 'else', 'elseif', ')', ']', '}']);
/** A line that begins with one of these goes on with the line before; one that ends with it goes on in the next. */
const JOINS: ReadonlySet<string> = new Set('= == ~= <= >= < > + - * / // % ^ .. & | ~ << >> and or'.split(' '));
/** After these something begins, be it with a sign. */
const BEGINS: ReadonlySet<string> = new Set(['', ',', ';', '{', '(', '[']);

const SPACE_IN_FRONT = /^[ \t\v\f\r]+/;
const SPACE_AT_END = /[ \t\v\f\r]+$/;

/**
 * Indents Lua anew and takes away white space at the ends of lines. Only white space between tokens changes: the
 * tokens stay as they are, and so do strings and comments over several lines.
 *
 * @param unit - one step of indentation.
 */
export function format(source: string, unit = '  '): string {
  const all = tokens(source);
  const layout = new Layout();
  const lines: string[] = [];
  let next = 0;
  let start = 0;
  // Where the token ends that began last: a line within it is not ours.
  let owned = 0;
  for (const line of source.split('\n')) {
    const end = start + line.length;
    const first = next;
    while (next < all.length && (all[next] as Token).from < end) next += 1;
    const own = all.slice(first, next);
    const words = own.map((token) => (isCode(token) ? source.slice(token.from, token.to) : token.kind === 'comment' ? '--' : ''));
    const indent = layout.indentOf(words);
    const isFree = owned <= start;
    owned = Math.max(owned, own.at(-1)?.to ?? 0);
    let text = isFree ? line.replace(SPACE_IN_FRONT, '') : line;
    if (owned < end) text = text.replace(SPACE_AT_END, '');
    lines.push(isFree && text !== '' ? unit.repeat(indent) + text : text);
    layout.follow(words, indent);
    start = end + 1;
  }
  const text = lines.join('\n');
  return all.at(-1)?.closed === false ? text : `${text.replace(/\n+$/, '')}\n`;
}

/** The blocks that are open, and how far the lines within them are indented. */
class Layout {
  /** How far the line is indented on which a block begins. */
  readonly #blocks: number[] = [];
  /** The last word of code. */
  #before = '';
  /** How far the statement is indented that the line belongs to. */
  #statement = 0;
  #isBegun = false;

  /** In steps. A line that begins with an end stands where the block begins. */
  indentOf(words: readonly string[]): number {
    const [first = ''] = words;
    const outer = this.#blocks.at(-1);
    if (CLOSES.has(first)) return (this.#statement = outer ?? 0);
    const inner = outer === undefined ? 0 : outer + 1;
    const isJoined = JOINS.has(this.#before) || (this.#isBegun && JOINS.has(first) && !BEGINS.has(this.#before));
    this.#statement = inner;
    return isJoined ? inner + 1 : inner;
  }

  follow(words: readonly string[], indent: number): void {
    for (const word of words) {
      if (word === '--') continue;
      if (CLOSES.has(word)) this.#blocks.pop();
      // A condition may take several lines; what it guards is indented from where it begins.
      if (OPENS.has(word)) this.#blocks.push(word === 'then' || word === 'do' ? this.#statement : indent);
      this.#before = word === '' ? 'value' : word;
      this.#isBegun = true;
    }
  }
}

function isCode({ kind }: Token): boolean {
  return kind === 'keyword' || kind === 'symbol';
}
