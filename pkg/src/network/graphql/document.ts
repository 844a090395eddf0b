/** A parsed query, as far as queries go: what the parser makes, and the executor reads. */
export interface Document {
  operations: Operation[];
  fragments: Map<string, Fragment>;
}

export interface Operation {
  name: string | undefined;
  variables: VariableDefinition[];
  selections: Selection[];
  at: Location;
}

export interface VariableDefinition {
  name: string;
  type: TypeReference;
  default: Value | undefined;
  at: Location;
}

export interface Fragment {
  /** The type that it is of. */
  on: string;
  selections: Selection[];
}

export type Selection = FieldSelection | SpreadSelection | InlineSelection;

export interface FieldSelection {
  kind: 'field';
  /** Under which name it is answered. */
  key: string;
  name: string;
  arguments: Argument[];
  directives: Directive[];
  /** Empty where nothing was selected of it. */
  selections: Selection[];
  at: Location;
}

export interface SpreadSelection {
  kind: 'spread';
  fragment: string;
  directives: Directive[];
  at: Location;
}

export interface InlineSelection extends Omit<Fragment, 'on'> {
  kind: 'inline';
  /** `undefined`: whatever it stands in. */
  on: string | undefined;
  directives: Directive[];
  at: Location;
}

export interface Argument {
  name: string;
  value: Value;
  at: Location;
}

export interface Directive {
  name: string;
  arguments: Argument[];
  at: Location;
}

export type Value =
  | { kind: 'variable'; name: string; at: Location }
  | { kind: 'enum'; name: string; at: Location }
  | { kind: 'list'; values: Value[]; at: Location }
  | { kind: 'object'; fields: Argument[]; at: Location }
  | { kind: 'scalar'; value: string | number | boolean | null; at: Location };

/** The type of an argument or a variable. */
export type TypeReference =
  | { kind: 'named'; name: string; required: boolean }
  | { kind: 'list'; of: TypeReference; required: boolean };

/** Where something stands in the query, counted from 1. */
export interface Location {
  line: number;
  column: number;
}

/** What is wrong with a query, in GraphQL's form. */
export class GraphQLError extends Error {
  override readonly name = 'GraphQLError';
  readonly location: Location | undefined;

  constructor(message: string, location?: Location) {
    super(message);
    this.location = location;
  }

  /** As it stands in `errors`. */
  toJSON(): { message: string; locations?: Location[] } {
    return { message: this.message, ...(this.location && { locations: [this.location] }) };
  }
}

/** A type as it is written. */
export function typeText(type: TypeReference): string {
  const inner = type.kind === 'list' ? `[${typeText(type.of)}]` : type.name;
  return type.required ? `${inner}!` : inner;
}
