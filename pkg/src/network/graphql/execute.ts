import { GraphQLError, type Document, type Operation } from './document.js';
import { parseDocument } from './parser.js';
import { planOf, type Plan, type PlannedField } from './plan.js';
import type { Schema } from './schema.js';

/** What a client sends. */
export interface GraphQLRequest {
  query: string;
  variables?: unknown;
  operationName?: unknown;
}

export interface GraphQLAnswer {
  data?: unknown;
  /** What was wrong with the query: nothing was answered then. */
  errors?: GraphQLError[];
}

/**
 * Answers a query from `root`. A query that is wrong is an answer, too.
 *
 * @throws what a resolver rejects with: that is no fault of the query.
 */
export async function execute(schema: Schema, root: object, request: GraphQLRequest): Promise<GraphQLAnswer> {
  try {
    const document = parseDocument(request.query);
    const plan = planOf(schema, document, operationOf(document, request.operationName), request.variables);
    return { data: await answer(root, plan) };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

function operationOf({ operations }: Document, name: unknown): Operation {
  if (typeof name === 'string' && name !== '') {
    const found = operations.find((operation) => operation.name === name);
    if (!found) throw new GraphQLError(`Unknown operation named "${name}".`);
    return found;
  }
  const [only, other] = operations;
  if (!only) throw new GraphQLError('The query has no operation.');
  if (other) throw new GraphQLError('Must provide operation name if query contains multiple operations.');
  return only;
}

async function answer(source: object, plan: Plan): Promise<Record<string, unknown>> {
  const fields = [...plan].map(async ([key, field]) => [key, await answerField(source, field)] as const);
  return Object.fromEntries(await Promise.all(fields));
}

async function answerField(source: object, { name, field, given, plan }: PlannedField): Promise<unknown> {
  const resolve = field.resolve as ((source: object, given: object) => unknown) | undefined;
  const value = (await (resolve ? resolve(source, given) : (source as Record<string, unknown>)[name])) ?? null;
  if (!plan || value === null) return value;
  if (!Array.isArray(value)) return answer(value as object, plan);
  return Promise.all(value.map((each) => answer(each as object, plan)));
}
