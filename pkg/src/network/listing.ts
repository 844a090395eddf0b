/** Parts of what a list is asked for, as the network's units read them in an address. */
import { UnitError } from '../error.js';

/** The text, if it says anything: what was left out is often sent all the same, as `undefined`. */
export function given(value: string | null | undefined): string | undefined {
  return value && value !== 'undefined' ? value : undefined;
}

/** What is listed with commas. */
export function fieldsIn(list: string): string[] {
  return list.split(',').filter((field) => field !== '');
}

/**
 * How many are asked for, if that is said.
 *
 * @throws {@link UnitError} `ARGUMENT_INVALID` for anything but a whole number from 1 on.
 */
export function countOf(name: string, text: string | null | undefined): number | undefined {
  const value = given(text);
  if (value === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value);
  throw new UnitError('ARGUMENT_INVALID', `${name} is a whole number from 1 on, not ${JSON.stringify(value)}`);
}
