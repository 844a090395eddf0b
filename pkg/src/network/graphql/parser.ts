import { GraphQLError } from './document.js';
import { tokensOf, type Token, type TokenKind } from './lexer.js';
import type {
  Argument,
  Directive,
  Document,
  FieldSelection,
  Operation,
  Selection,
  TypeReference,
  Value,
  VariableDefinition,
} from './document.js';

/** Deeper than this no query of a client goes, and nobody's query is to use up the stack. */
const DEEPEST = 64;

/**
 * Parses a query: operations and fragments of the query language, June 2018.
 *
 * @throws {@link GraphQLError} that says what was expected, and where.
 */
export function parseDocument(source: string): Document {
  return new Parser(source).document();
}

/** Parses a type, as in `[ID!]!`. */
export function parseType(source: string): TypeReference {
  return new Parser(source).type();
}

class Parser {
  readonly #tokens: Token[];
  #index = 0;
  #depth = 0;

  constructor(source: string) {
    this.#tokens = tokensOf(source);
  }

  document(): Document {
    const document: Document = { operations: [], fragments: new Map() };
    do {
      if (this.#takeName('fragment')) {
        const name = this.#name();
        this.#expectName('on');
        const on = this.#name();
        this.#directives();
        document.fragments.set(name, { on, selections: this.#selections() });
      } else {
        document.operations.push(this.#operation());
      }
    } while (this.#next.kind !== 'end');
    return document;
  }

  type(): TypeReference {
    const bare: TypeReference = this.#take('[')
      ? { kind: 'list', of: this.#nested(() => this.type()), required: false }
      : { kind: 'named', name: this.#name(), required: false };
    if (bare.kind === 'list') this.#expect(']');
    return { ...bare, required: this.#take('!') };
  }

  #operation(): Operation {
    const { at } = this.#next;
    if (this.#is('{')) return { name: undefined, variables: [], selections: this.#selections(), at };
    if (!this.#takeName('query')) {
      const { kind, text } = this.#next;
      const isOther = kind === 'name' && ['mutation', 'subscription'].includes(text);
      if (!isOther) throw this.#unexpected();
      throw new GraphQLError(`Schema is not configured to execute ${text} operation.`, at);
    }
    const name = this.#next.kind === 'name' ? this.#name() : undefined;
    const variables = this.#is('(') ? this.#between('(', ')', () => this.#variable()) : [];
    this.#directives();
    return { name, variables, selections: this.#selections(), at };
  }

  #variable(): VariableDefinition {
    const { at } = this.#next;
    this.#expect('$');
    const name = this.#name();
    this.#expect(':');
    return { name, type: this.type(), default: this.#take('=') ? this.#value() : undefined, at };
  }

  #selections(): Selection[] {
    return this.#nested(() => this.#between('{', '}', () => this.#selection()));
  }

  #selection(): Selection {
    const { at } = this.#next;
    if (!this.#take('...')) return this.#field();
    const isSpread = this.#next.kind === 'name' && this.#next.text !== 'on';
    if (isSpread) return { kind: 'spread', fragment: this.#name(), directives: this.#directives(), at };
    const on = this.#takeName('on') ? this.#name() : undefined;
    return { kind: 'inline', on, directives: this.#directives(), selections: this.#selections(), at };
  }

  #field(): FieldSelection {
    const { at } = this.#next;
    const key = this.#name();
    return {
      kind: 'field',
      key,
      name: this.#take(':') ? this.#name() : key,
      arguments: this.#arguments(),
      directives: this.#directives(),
      selections: this.#is('{') ? this.#selections() : [],
      at,
    };
  }

  #arguments(): Argument[] {
    return this.#is('(') ? this.#between('(', ')', () => this.#argument()) : [];
  }

  #argument(): Argument {
    const { at } = this.#next;
    const name = this.#name();
    this.#expect(':');
    return { name, value: this.#value(), at };
  }

  #directives(): Directive[] {
    const directives: Directive[] = [];
    for (let { at } = this.#next; this.#take('@'); { at } = this.#next) {
      directives.push({ name: this.#name(), arguments: this.#arguments(), at });
    }
    return directives;
  }

  #value(): Value {
    const { kind, text, at } = this.#next;
    if (this.#take('$')) return { kind: 'variable', name: this.#name(), at };
    if (this.#is('[')) return { kind: 'list', values: this.#nested(() => this.#list()), at };
    if (this.#is('{')) return { kind: 'object', fields: this.#nested(() => this.#object()), at };
    const scalar = SCALARS[kind]?.(text);
    if (scalar === undefined) throw this.#unexpected();
    this.#index += 1;
    return { ...scalar, at };
  }

  #list(): Value[] {
    return this.#between('[', ']', () => this.#value(), 0);
  }

  #object(): Argument[] {
    return this.#between('{', '}', () => this.#argument(), 0);
  }

  #between<T>(open: string, close: string, part: () => T, least = 1): T[] {
    this.#expect(open);
    const parts: T[] = [];
    while (parts.length < least || !this.#is(close)) parts.push(part());
    this.#expect(close);
    return parts;
  }

  #nested<T>(part: () => T): T {
    if (this.#depth === DEEPEST) throw new GraphQLError(`The query is nested deeper than ${DEEPEST}.`, this.#next.at);
    this.#depth += 1;
    try {
      return part();
    } finally {
      this.#depth -= 1;
    }
  }

  get #next(): Token {
    return this.#tokens[this.#index] as Token;
  }

  #is(punctuator: string): boolean {
    return this.#next.kind === 'punctuator' && this.#next.text === punctuator;
  }

  #take(punctuator: string): boolean {
    const is = this.#is(punctuator);
    if (is) this.#index += 1;
    return is;
  }

  #takeName(name: string): boolean {
    const is = this.#next.kind === 'name' && this.#next.text === name;
    if (is) this.#index += 1;
    return is;
  }

  #expect(punctuator: string): void {
    if (!this.#take(punctuator)) throw this.#unexpected(`"${punctuator}"`);
  }

  #expectName(name: string): void {
    if (!this.#takeName(name)) throw this.#unexpected(`"${name}"`);
  }

  #name(): string {
    const { kind, text } = this.#next;
    if (kind !== 'name') throw this.#unexpected('Name');
    this.#index += 1;
    return text;
  }

  #unexpected(expected?: string): GraphQLError {
    const { text, at } = this.#next;
    const shown = text.slice(0, 40);
    const problem = expected ? `Expected ${expected}, found "${shown}".` : `Unexpected "${shown}".`;
    return new GraphQLError(`Syntax Error: ${problem}`, at);
  }
}

type Scalar = { kind: 'scalar'; value: string | number | boolean | null } | { kind: 'enum'; name: string };

const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

const SCALARS: Partial<Record<TokenKind, (text: string) => Scalar>> = {
  string: (value) => ({ kind: 'scalar', value }),
  int: (text) => ({ kind: 'scalar', value: Number(text) }),
  float: (text) => ({ kind: 'scalar', value: Number(text) }),
  name: (name) => {
    const word = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
    return word === undefined ? { kind: 'enum', name } : { kind: 'scalar', value: word };
  },
};
