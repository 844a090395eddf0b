import { describe } from '../describe.js';
import { UnitError } from '../error.js';
import type { Data } from '../calls.js';
import type { Tag } from '../types.js';

/** The value of a tag: numbers and truth values are written out. */
export type TagValue = string | number | bigint | boolean;

/** Tags by their names, or one by one, where a name comes more than once. What is undefined is left out. */
export type Tags = readonly Tag[] | { readonly [name: string]: TagValue | undefined };

/** What `unit.send()` sends: its `Data`, and tags. */
export interface MessageFields {
  /** Text, or bytes. */
  Data?: Data | undefined;
  /** What is asked for. */
  Action?: string | undefined;
  /** More tags: those whose names are taken here, and those that come more than once. */
  Tags?: Tags | undefined;
  /** A tag. */
  [tag: string]: Data | TagValue | Tags | undefined;
}

/**
 * The tags of fields, in their order.
 *
 * @throws {@link UnitError} `ARGUMENT_INVALID` for a value that is no text, and none that is written out.
 */
export function tagsOf({ Data: _data, Tags: more, ...named }: MessageFields): Tag[] {
  return [...tagList(named as Tags), ...tagList(more)];
}

/**
 * Tags, one by one.
 *
 * @throws {@link UnitError} `ARGUMENT_INVALID`, as {@link tagsOf}.
 */
export function tagList(tags: Tags | undefined): Tag[] {
  if (tags === undefined) return [];
  if (typeof tags !== 'object' || tags === null) {
    throw new UnitError('ARGUMENT_INVALID', `the tags are ${describe(tags)}: they are an object, or a list of tags`);
  }
  const entries = isList(tags) ? tags.map((tag) => pair(tag)) : Object.entries(tags);
  return entries.filter(([, value]) => value !== undefined).map(([name, value]) => ({ name, value: written(name, value) }));
}

function isList(tags: Tags): tags is readonly Tag[] {
  return Array.isArray(tags);
}

function pair(tag: Tag): [string, unknown] {
  const { name, value } = Object(tag) as Partial<Tag>;
  if (typeof name === 'string') return [name, value];
  throw new UnitError('ARGUMENT_INVALID', `the name of a tag is ${describe(name)}, not text`);
}

function written(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (['number', 'bigint', 'boolean'].includes(typeof value)) return String(value);
  const remedy = 'JSON.stringify() makes text of it';
  throw new UnitError('ARGUMENT_INVALID', `the tag ${name} is ${describe(value)}, and tags hold text: ${remedy}`);
}
