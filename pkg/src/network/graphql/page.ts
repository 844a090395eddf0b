import { GraphQLError } from './document.js';
import type { PageQuery } from './gateway-schema.js';

/** A part of a list, as gateways answer it. */
export interface Connection<N> {
  pageInfo: { hasNextPage: boolean };
  edges: { cursor: string; node: N }[];
  count: string;
}

/** What is listed, the oldest first. A chain has more blocks than one would put into an array. */
export interface Listed<T> {
  length: number;
  at(index: number): T;
  /** By what an entry is found again: a cursor holds it. */
  idOf(entry: T): string;
  /** The place of the entry with this id; -1 if there is none. */
  indexOf(id: string): number;
}

/** No page has more than this. */
const MOST = 1_000;

/**
 * The part of a list that is asked for.
 *
 * @throws {@link GraphQLError} for a cursor that is none of this list.
 */
export function pageOf<T, N>(list: Listed<T>, query: PageQuery, nodeOf: (entry: T) => N): Connection<N> {
  const { first, after, sort } = query;
  const { length } = list;
  const isDescending = sort === 'HEIGHT_DESC';
  /** From a place in the list to one in the page's order, and back. */
  const turned = (index: number) => (isDescending ? length - 1 - index : index);
  const start = after ? turned(placeOf(list, after)) + 1 : 0;
  const end = Math.min(length, start + Math.min(Math.max(first, 0), MOST));
  const edges = [];
  for (let index = start; index < end; index += 1) {
    const entry = list.at(turned(index));
    edges.push({ cursor: cursorOf(list.idOf(entry)), node: nodeOf(entry) });
  }
  return { pageInfo: { hasNextPage: end < length }, edges, count: String(length) };
}

/** The entries of an array, as a list. */
export function listed<T>(entries: readonly T[], idOf: (entry: T) => string): Listed<T> {
  return {
    length: entries.length,
    at: (index) => entries[index] as T,
    idOf,
    indexOf: (id) => entries.findIndex((entry) => idOf(entry) === id),
  };
}

function cursorOf(id: string): string {
  return btoa(JSON.stringify([id]));
}

function placeOf<T>(list: Listed<T>, cursor: string): number {
  const index = list.indexOf(idIn(cursor));
  if (index < 0) throw new GraphQLError(`Cursor ${JSON.stringify(cursor)} is none that this query gave.`);
  return index;
}

function idIn(cursor: string): string {
  try {
    return String((JSON.parse(atob(cursor)) as unknown[])[0]);
  } catch {
    return '';
  }
}
