import { GraphQLError, typeText, type TypeReference } from './document.js';
import { argumentType, coerce, EnumName, namedType } from './schema.js';
import { parseType } from './parser.js';
import type {
  Argument,
  Directive,
  Document,
  FieldSelection,
  Location,
  Operation,
  Selection,
  Value,
} from './document.js';
import type { Field, ObjectType, Schema } from './schema.js';

/** What is to be answered of an object: under each name a field, with its arguments. */
export type Plan = Map<string, PlannedField>;

export interface PlannedField {
  name: string;
  field: Field;
  given: Record<string, unknown>;
  /** Of an object, or of each in a list of them; of what has no fields, `undefined`. */
  plan: Plan | undefined;
}

/** `__typename` is a field of everything. */
const TYPENAME: Field = { type: 'String!' };

/**
 * Checks an operation against a schema, and says what it comes to. What is wrong is so whatever there is to be
 * answered.
 *
 * @throws {@link GraphQLError}
 */
export function planOf(schema: Schema, document: Document, operation: Operation, variables: unknown): Plan {
  const planner = new Planner(schema, document, variablesOf(schema, operation, variables));
  return planner.plan('Query', [operation.selections]);
}

type Variables = ReadonlyMap<string, unknown>;

/** The variables as they are declared, and as they are given. */
function variablesOf(schema: Schema, { variables }: Operation, given: unknown): Variables {
  const values = Object(given ?? {}) as Record<string, unknown>;
  return new Map(
    variables.map(({ name, type, default: preset, at }) => {
      const isKnown = ['ID', 'String', 'Int', 'Boolean'].includes(namedType(type));
      if (!isKnown && !schema.inputs[namedType(type)] && !schema.enums[namedType(type)]) {
        throw new GraphQLError(`Unknown type "${namedType(type)}".`, at);
      }
      const isGiven = Object.hasOwn(values, name) && values[name] !== undefined;
      if (!isGiven && !preset && type.required) {
        throw new GraphQLError(`Variable "$${name}" of required type "${typeText(type)}" was not provided.`, at);
      }
      const value = isGiven ? values[name] : preset && literal(preset, new Map());
      try {
        return [name, coerce(schema, type, value, at)];
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        throw new GraphQLError(`Variable "$${name}" got an invalid value: ${error.message}`, at);
      }
    }),
  );
}

class Planner {
  readonly #schema: Schema;
  readonly #document: Document;
  readonly #variables: Variables;
  /** The fragments that are being spread: one that comes again is in itself. */
  readonly #spreading = new Set<string>();

  constructor(schema: Schema, document: Document, variables: Variables) {
    this.#schema = schema;
    this.#document = document;
    this.#variables = variables;
  }

  /** Selections of one object: what is selected twice is answered once, with all that was selected of it. */
  plan(typeName: string, selections: Selection[][]): Plan {
    const type = this.#schema.objects[typeName] as ObjectType;
    const chosen = new Map<string, FieldSelection[]>();
    for (const selection of selections.flat()) this.#choose(typeName, selection, chosen);
    return new Map(
      [...chosen].map(([key, fields]) => {
        const [first] = fields as [FieldSelection];
        const other = fields.find(({ name }) => name !== first.name);
        if (other) {
          const names = `"${first.name}" and "${other.name}" are different fields`;
          throw new GraphQLError(`Fields "${key}" conflict because ${names}. Use different aliases.`, other.at);
        }
        const planned = this.#field(typeName, type, first, fields.map(({ selections }) => selections));
        this.#checkSame(key, `${typeName}.${first.name}`, planned, fields);
        return [key, planned];
      }),
    );
  }

  /** What is selected twice under one name has the same arguments each time. */
  #checkSame(key: string, where: string, { field, given }: PlannedField, fields: FieldSelection[]): void {
    const expected = JSON.stringify(given);
    const other = fields.find((selection) => JSON.stringify(this.#arguments(where, field, selection)) !== expected);
    if (!other) return;
    const message = `Fields "${key}" conflict because they have differing arguments. Use different aliases.`;
    throw new GraphQLError(message, other.at);
  }

  #choose(typeName: string, selection: Selection, chosen: Map<string, FieldSelection[]>): void {
    if (!this.#isIncluded(selection.directives)) return;
    if (selection.kind === 'field') {
      chosen.set(selection.key, [...(chosen.get(selection.key) ?? []), selection]);
      return;
    }
    if (selection.kind === 'inline') {
      this.#chooseAll(typeName, selection.on, selection.selections, chosen, selection.at);
      return;
    }
    const { fragment: name, at } = selection;
    const fragment = this.#document.fragments.get(name);
    if (!fragment) throw new GraphQLError(`Unknown fragment "${name}".`, at);
    if (this.#spreading.has(name)) throw new GraphQLError(`Cannot spread fragment "${name}" within itself.`, at);
    this.#spreading.add(name);
    this.#chooseAll(typeName, fragment.on, fragment.selections, chosen, at);
    this.#spreading.delete(name);
  }

  #chooseAll(
    typeName: string,
    on: string | undefined,
    selections: Selection[],
    chosen: Map<string, FieldSelection[]>,
    at: Location,
  ): void {
    // There are neither interfaces nor unions: a fragment is of the type that it stands in, or of none.
    if (on !== undefined && on !== typeName) {
      const message = `Fragment cannot be spread here as objects of type "${typeName}" can never be of type "${on}".`;
      throw new GraphQLError(message, at);
    }
    for (const selection of selections) this.#choose(typeName, selection, chosen);
  }

  #field(typeName: string, type: ObjectType, selection: FieldSelection, selections: Selection[][]): PlannedField {
    const { name, at } = selection;
    const field = name === '__typename' ? TYPENAME : Object.hasOwn(type, name) ? type[name] : undefined;
    if (!field) throw new GraphQLError(`Cannot query field "${name}" on type "${typeName}".`, at);
    const fieldType = parseType(field.type);
    const of = namedType(fieldType);
    const hasFields = Object.hasOwn(this.#schema.objects, of);
    const selected = selections.some(({ length }) => length > 0);
    if (selected !== hasFields) throw this.#leafError(name, fieldType, hasFields, at);
    return {
      name,
      field: name === '__typename' ? { ...TYPENAME, resolve: () => typeName } : field,
      given: this.#arguments(`${typeName}.${name}`, field, selection),
      plan: hasFields ? this.plan(of, selections) : undefined,
    };
  }

  #leafError(name: string, type: TypeReference, hasFields: boolean, at: Location): GraphQLError {
    const of = `Field "${name}" of type "${typeText(type)}"`;
    return new GraphQLError(
      hasFields
        ? `${of} must have a selection of subfields. Did you mean "${name} { ... }"?`
        : `Field "${name}" must not have a selection since type "${typeText(type)}" has no subfields.`,
      at,
    );
  }

  #arguments(where: string, field: Field, { arguments: given, at }: FieldSelection): Record<string, unknown> {
    const declared = field.arguments ?? {};
    for (const { name, at } of given) {
      if (!Object.hasOwn(declared, name)) throw new GraphQLError(`Unknown argument "${name}" on field "${where}".`, at);
    }
    return Object.fromEntries(
      Object.entries(declared).map(([name, text]) => {
        const { type, default: preset } = argumentType(text);
        const argument = given.find((argument) => argument.name === name);
        const value = argument && literal(argument.value, this.#variables);
        if (value === undefined && preset === undefined && type.required) {
          const message = `Argument "${name}" of required type "${typeText(type)}" was not provided to "${where}".`;
          throw new GraphQLError(message, argument?.at ?? at);
        }
        return [name, coerce(this.#schema, type, value ?? preset, argument?.at)];
      }),
    );
  }

  /** `@include(if:)` and `@skip(if:)`. */
  #isIncluded(directives: Directive[]): boolean {
    return directives.every((directive) => {
      if (!['include', 'skip'].includes(directive.name)) {
        throw new GraphQLError(`Unknown directive "@${directive.name}".`, directive.at);
      }
      const condition = directive.arguments.find(({ name }) => name === 'if');
      const type: TypeReference = { kind: 'named', name: 'Boolean', required: true };
      const value = coerce(this.#schema, type, condition && literal(condition.value, this.#variables), directive.at);
      return value === (directive.name === 'include');
    });
  }
}

/** What is written in a query, with the variables in their places. */
function literal(value: Value, variables: Variables): unknown {
  switch (value.kind) {
    case 'variable':
      if (variables.has(value.name)) return variables.get(value.name);
      throw new GraphQLError(`Variable "$${value.name}" is not defined.`, value.at);
    case 'enum':
      return new EnumName(value.name);
    case 'list':
      return value.values.map((each) => literal(each, variables));
    case 'object':
      return Object.fromEntries(value.fields.map(({ name, value }: Argument) => [name, literal(value, variables)]));
    case 'scalar':
      return value.value;
  }
}
