import { tokens, type Token } from './tokens.ts';

/** A place where the network's Lua would read something else than this one. */
export interface Difference {
  readonly from: number;
  readonly to: number;
  readonly message: string;
}

/** What Lua 5.4 accepts and the network's 5.3 does not. Strings and comments are no code. */
export function beyondLua53(source: string): Difference[] {
  const code = tokens(source).filter(({ kind }) => kind !== 'comment');
  const text = (index: number) => {
    const token = code[index];
    return token && token.kind !== 'string' ? source.slice(token.from, token.to) : undefined;
  };
  const found: Difference[] = [];
  const note = (first: number, last: number, message: string) => {
    found.push({ from: (code[first] as Token).from, to: (code[last] as Token).to, message });
  };
  for (let index = 0; index < code.length; index += 1) {
    const word = text(index);
    if (word === '<' && text(index + 2) === '>' && isDeclared(code, text, index)) {
      const attribute = text(index + 1);
      if (attribute === 'const') note(index, index + 2, "Lua 5.3, which the network runs, has no <const>: leave it out");
      if (attribute === 'close') note(index, index + 2, "Lua 5.3, which the network runs, has no <close>: close it by hand");
    }
    if (word === 'warn' && text(index + 1) !== '=' && isGlobal(text, index) && isCalled(code, text, index)) {
      note(index, index, "Lua 5.3, which the network runs, has no warn: use print");
    }
    if (word === 'coroutine' && text(index + 1) === '.' && text(index + 2) === 'close' && isGlobal(text, index)) {
      note(index, index + 2, 'Lua 5.3, which the network runs, has no coroutine.close: let the coroutine end by itself');
    }
  }
  return found;
}

/** Whether an attribute at `index` belongs to a name of a `local`: `local a <const>, b <close>`. */
function isDeclared(code: readonly Token[], text: (index: number) => string | undefined, index: number): boolean {
  for (let at = index - 1; at >= 0; at -= 1) {
    const word = text(at);
    if (word === 'local') return at < index - 1;
    const isPart = code[at]?.kind === 'name' || word === ',' || word === '<' || word === '>';
    if (!isPart) return false;
  }
  return false;
}

/** Whether the name is looked up by itself, not in a table, nor declared. */
function isGlobal(text: (index: number) => string | undefined, index: number): boolean {
  const before = text(index - 1);
  return before !== '.' && before !== ':' && before !== 'local' && before !== 'function' && before !== '::' && before !== 'goto';
}

function isCalled(code: readonly Token[], text: (index: number) => string | undefined, index: number): boolean {
  return code[index + 1]?.kind === 'string' || text(index + 1) === '(' || text(index + 1) === '{';
}
