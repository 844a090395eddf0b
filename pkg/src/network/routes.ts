import { UnitError } from '../error.js';
import { countOf, given } from './listing.js';
import { allowed, refused } from './response.js';

/** A request to one of the network's units, as far as its routes look at it. */
export interface NetworkRequest {
  method: string;
  /** What comes after the unit's address: `['result', '…']`. */
  path: string[];
  query: URLSearchParams;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Answers a request; `parameters` are the parts of the path that its pattern names. */
export type Handler = (request: NetworkRequest, parameters: Record<string, string>) => Promise<Response>;

/** What a unit answers, by method and path, as in `'GET /result/:message'`. The first that fits answers. */
export type RouteTable = Readonly<Record<string, Handler>>;

interface Route {
  method: string;
  pattern: string[];
  handler: Handler;
}

/** The routes of one of the network's units. */
export class Routes {
  readonly #name: string;
  readonly #routes: Route[];

  /** @param name - what the unit is called where it says that it does not have something. */
  constructor(name: string, table: RouteTable) {
    this.#name = name;
    this.#routes = Object.entries(table).map(([key, handler]) => {
      const [method = '', path = ''] = key.split(' ');
      return { method, pattern: segmentsOf(path), handler };
    });
  }

  /** Answers a request. `HEAD` is answered as `GET`, without the body. */
  async answer(request: NetworkRequest): Promise<Response> {
    const { path } = request;
    const fitting = this.#routes.filter(({ pattern }) => parametersOf(pattern, path));
    const methods = [...new Set(fitting.map(({ method }) => method))];
    if (fitting.length === 0) return refused(`the ${this.#name} has no route /${path.join('/')}`, 404);
    if (request.method === 'OPTIONS') return allowed(methods);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = fitting.find((route) => route.method === method);
    if (!route) {
      const known = `it takes ${methods.join(', ')}`;
      return refused(`the ${this.#name} takes no ${request.method} at /${path.join('/')}: ${known}`, 405);
    }
    const response = await route.handler(request, parametersOf(route.pattern, path) ?? {});
    return request.method === 'HEAD' ? new Response(null, response) : response;
  }
}

/** The parts of a path, without those that are empty: clients join addresses with one slash too many. */
export function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/** @throws {@link UnitError} `ARGUMENT_INVALID` when a query says nothing of `name`. */
export function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value) return value;
  throw new UnitError('ARGUMENT_INVALID', `the query has no ${name}: add ?${name}=…`);
}

/** What a query says of `name`; `undefined` if nothing, or if a client wrote what it did not have. */
export function optional(query: URLSearchParams, name: string): string | undefined {
  return given(query.get(name));
}

/**
 * A count that a query asks for.
 *
 * @throws {@link UnitError} `ARGUMENT_INVALID` unless it is a whole number from 1 on.
 */
export function count(query: URLSearchParams, name: string): number | undefined {
  return countOf(name, query.get(name));
}

/** What the pattern's names stand for in a path; `undefined` if the path is another. */
function parametersOf(pattern: string[], path: string[]): Record<string, string> | undefined {
  if (pattern.length !== path.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = path[index] as string;
    if (part.startsWith(':')) parameters[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return parameters;
}
