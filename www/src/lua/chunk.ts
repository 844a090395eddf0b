import { tokens, type Token } from './tokens.ts';

const OPENS: ReadonlySet<string> = new Set(['function', 'do', 'then', 'else', 'repeat', '(', '[', '{']);
const CLOSES: ReadonlySet<string> = new Set(['end', 'until', 'else', 'elseif', ')', ']', '}']);
/** They wait for a `then` or a `do`. */
const HEADS: ReadonlySet<string> = new Set(['if', 'elseif', 'while', 'for']);
/** After these, something has to come. */
const GOES_ON: ReadonlySet<string> = new Set(
  '= == ~= <= >= < > + - * / // % ^ .. & | ~ << >> , . : and or not local function until'.split(' '),
);

/** Whether more has to come before Lua can read it: what an interactive prompt goes on to the next line for. */
export function isIncomplete(source: string): boolean {
  const all = tokens(source);
  const last = all.at(-1);
  if (!last) return false;
  if (!last.closed) return last.kind !== 'string' || source.startsWith('[', last.from);
  const words = all.filter(isCode).map(({ from, to }) => source.slice(from, to));
  if (isOpen(words)) return true;
  const end = all.filter(({ kind }) => kind !== 'comment').at(-1);
  return end !== undefined && isCode(end) && GOES_ON.has(words.at(-1) ?? '');
}

function isOpen(words: readonly string[]): boolean {
  let blocks = 0;
  let heads = 0;
  for (const word of words) {
    if (CLOSES.has(word)) blocks -= 1;
    if (OPENS.has(word)) blocks += 1;
    if (HEADS.has(word)) heads += 1;
    else if ((word === 'then' || word === 'do') && heads > 0) heads -= 1;
  }
  return blocks > 0 || heads > 0;
}

function isCode({ kind }: Token): boolean {
  return kind === 'keyword' || kind === 'symbol';
}
