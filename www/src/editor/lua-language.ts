import { LanguageSupport, StreamLanguage, indentService, type StreamParser, type StringStream } from '@codemirror/language';
import { KEYWORDS, tokens } from '../lua/tokens.ts';

/** What a process has from the start: the names of `docs/lua.md`, and those of Lua. */
const STANDARD: ReadonlySet<string> = new Set(
  (
    'ao Handlers Utils Owner Name Inbox Send Spawn Assign Receive print Dump Tab json bit32 Prompt Version Colors ' +
    'assert error getmetatable setmetatable ipairs pairs next load pcall xpcall rawequal rawget rawlen rawset require ' +
    'select tonumber tostring type string table math os utf8 coroutine debug package collectgarbage _G _VERSION'
  ).split(' '),
);
const CONSTANTS: ReadonlySet<string> = new Set(['true', 'false', 'nil']);

interface State {
  /** What ends the string or the comment that goes on in the next line. */
  close: string | undefined;
  kind: 'string' | 'comment';
  /** The word before, which tells a field from a variable. */
  before: string;
}

const parser: StreamParser<State> = {
  name: 'lua',
  startState: () => ({ close: undefined, kind: 'string', before: '' }),
  copyState: (state) => ({ ...state }),
  token(stream, state) {
    if (state.close !== undefined) return goOn(stream, state);
    if (stream.eatSpace()) return null;
    const long = stream.match(/^(--)?\[(=*)\[/);
    if (long && typeof long === 'object') {
      state.close = `]${long[2]}]`;
      state.kind = long[1] ? 'comment' : 'string';
      return goOn(stream, state);
    }
    if (stream.match('--')) {
      stream.skipToEnd();
      return 'comment';
    }
    if (stream.match(/^"(?:\\.|[^"\\])*"?/) || stream.match(/^'(?:\\.|[^'\\])*'?/)) return told(state, 'value', 'string');
    if (stream.match(/^(?:0[xX][\da-fA-F.]+(?:[pP][+-]?\d+)?|\.?\d[\d.]*(?:[eE][+-]?\d+)?)/)) return told(state, 'value', 'number');
    const word = stream.match(/^[A-Za-z_]\w*/);
    if (word && typeof word === 'object') return named(state, word[0]);
    if (stream.match(/^(?:\.\.\.|\.\.|==|~=|<=|>=|\/\/|::|<<|>>|[-+*/%^#&~|<>=])/)) return told(state, stream.current(), 'operator');
    return told(state, stream.next() ?? '', 'punctuation');
  },
  languageData: {
    commentTokens: { line: '--', block: { open: '--[[', close: ']]' } },
    closeBrackets: { brackets: ['(', '[', '{', '"', "'"] },
    indentOnInput: /^\s*(?:end|until|else|elseif|[)\]}])$/,
  },
};

function goOn(stream: StringStream, state: State): string {
  const { close = '', kind } = state;
  if (stream.skipTo(close)) {
    stream.match(close);
    state.close = undefined;
    if (kind === 'string') state.before = 'value';
  } else stream.skipToEnd();
  return kind;
}

function named(state: State, word: string): string {
  const { before } = state;
  if (CONSTANTS.has(word)) return told(state, 'value', 'atom');
  if (KEYWORDS.has(word)) return told(state, word, 'keyword');
  if (before === '.' || before === ':') return told(state, 'value', 'propertyName');
  if (before === 'function') return told(state, 'value', 'variableName.definition');
  return told(state, 'value', STANDARD.has(word) ? 'variableName.standard' : 'variableName');
}

function told(state: State, before: string, style: string): string {
  state.before = before;
  return style;
}

const OPENS: ReadonlySet<string> = new Set(['function', 'do', 'then', 'else', 'repeat', '(', '[', '{']);
const CLOSES: ReadonlySet<string> = new Set(['end', 'until', 'elseif', 'else', ')', ']', '}']);

/** A new line is indented as the one before, and one step more or less where that opens or this closes a block. */
const indentation = indentService.of((context, at) => {
  const { doc } = context.state;
  let { number } = doc.lineAt(at);
  const own = context.lineAt(at).text;
  while (number > 1) {
    number -= 1;
    const { text } = doc.line(number);
    if (text.trim() === '') continue;
    const step = opened(text) - (/^\s*(?:end|until|else|elseif)\b|^\s*[)\]}]/.test(own) ? 1 : 0);
    return Math.max(0, context.lineIndent(doc.line(number).from) + step * context.unit);
  }
  return 0;
});

/** 1 if a block begins on the line that does not end there. */
function opened(line: string): number {
  let depth = 0;
  for (const { kind, from, to } of tokens(line)) {
    if (kind !== 'keyword' && kind !== 'symbol') continue;
    const word = line.slice(from, to);
    if (CLOSES.has(word)) depth = Math.max(0, depth - 1);
    if (OPENS.has(word)) depth += 1;
  }
  return depth > 0 ? 1 : 0;
}

/** Lua, as CodeMirror reads it: line by line, so that a key costs no more in a long file. */
export function lua(): LanguageSupport {
  return new LanguageSupport(StreamLanguage.define(parser), indentation);
}
