import { GraphQLError, typeText, type Location, type TypeReference } from './document.js';
import { parseType } from './parser.js';

/** What can be asked, and how it is answered: the types of a schema, by name. Other names are scalars. */
export interface Schema {
  /** The type that queries begin with is `Query`. */
  objects: Readonly<Record<string, ObjectType>>;
  inputs: Readonly<Record<string, InputType>>;
  enums: Readonly<Record<string, readonly string[]>>;
}

/** The fields of a type. */
export type ObjectType = Readonly<Record<string, Field>>;

/** The types of an input's fields, as in `[String!]!`. */
export type InputType = Readonly<Record<string, string>>;

export interface Field {
  /** As in `[Tag!]!`. */
  type: string;
  /** The types of its arguments; one that has a default says so: `Int = 10`. */
  arguments?: InputType;
  /** What it is of the object that it stands in. The object's property of its name, if left out. */
  resolve?(source: never, given: never): unknown;
}

/** The name of a type, whatever lists it is in. */
export function namedType(type: TypeReference): string {
  return type.kind === 'list' ? namedType(type.of) : type.name;
}

/** The type of an argument, and what it is when it is not given. */
export function argumentType(text: string): { type: TypeReference; default: unknown } {
  const [type = '', preset] = text.split(' = ');
  return { type: parseType(type), default: preset === undefined ? undefined : JSON.parse(preset) };
}

/**
 * A value as a type has it, whether it stands in the query or in a variable.
 *
 * @throws {@link GraphQLError} when it is none of that type.
 */
export function coerce(schema: Schema, type: TypeReference, value: unknown, at?: Location): unknown {
  if (value === undefined || value === null) {
    if (type.required) throw mismatch(type, value, at);
    return value;
  }
  if (type.kind === 'list') {
    // One value stands for a list of it.
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.map((each) => coerce(schema, type.of, each, at));
  }
  const fields = schema.inputs[type.name];
  if (fields) return coerceInput(schema, type.name, fields, value, at);
  const names = schema.enums[type.name];
  if (names) {
    const name = value instanceof EnumName ? value.name : value;
    if (typeof name === 'string' && names.includes(name)) return name;
    const known = names.join(', ');
    throw new GraphQLError(`Value "${shown(value)}" does not exist in "${type.name}" enum: known are ${known}.`, at);
  }
  const scalar = SCALARS[type.name]?.(value);
  if (scalar === undefined) throw mismatch(type, value, at);
  return scalar;
}

/** A name without quotes, as it stands in a query. */
export class EnumName {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toString(): string {
    return this.name;
  }
}

const SCALARS: Readonly<Record<string, (value: unknown) => unknown>> = {
  ID: (value) => (typeof value === 'string' || Number.isInteger(value) ? String(value) : undefined),
  String: (value) => (typeof value === 'string' ? value : undefined),
  Int: (value) => (Number.isInteger(value) ? value : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? value : undefined),
};

function coerceInput(schema: Schema, name: string, fields: InputType, value: unknown, at?: Location): unknown {
  const isObject = typeof value === 'object' && !Array.isArray(value) && !(value instanceof EnumName);
  if (!isObject) throw new GraphQLError(`Expected value of type "${name}" to be an object.`, at);
  for (const given of Object.keys(value as object)) {
    if (Object.hasOwn(fields, given)) continue;
    throw new GraphQLError(`Field "${given}" is not defined by type "${name}".`, at);
  }
  const object: Record<string, unknown> = {};
  for (const [field, text] of Object.entries(fields)) {
    const { type, default: preset } = argumentType(text);
    const given = (value as Record<string, unknown>)[field];
    if (given === undefined && type.required) {
      const message = `Field "${name}.${field}" of required type "${typeText(type)}" was not provided.`;
      throw new GraphQLError(message, at);
    }
    object[field] = coerce(schema, type, given ?? preset, at);
  }
  return object;
}

function mismatch(type: TypeReference, value: unknown, at?: Location): GraphQLError {
  return new GraphQLError(`Expected value of type "${typeText(type)}", found ${shown(value)}.`, at);
}

function shown(value: unknown): string {
  return value instanceof EnumName ? value.name : (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}
