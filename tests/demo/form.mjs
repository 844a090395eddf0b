// How large a run is: `node tests/tabs/many.test.mjs --ends 200 --seed 7`, which `cargo xtask tabs` calls, is a long one.

import { parseArgs } from 'node:util';

/**
 * The numbers that this program was given, by their names; those that were not given are as `short` has them. Beside
 * them it may be told `flags`, which are true then.
 */
export function formOf(short, flags = []) {
  const typed = (names, type) => names.map((name) => [name, { type }]);
  const options = Object.fromEntries([...typed(Object.keys(short), 'string'), ...typed(flags, 'boolean')]);
  const { values } = parseArgs({ options });
  const given = Object.entries(values).map(([name, text]) => {
    if (text === true) return [name, true];
    if (!/^\d+$/.test(text)) throw new Error(`--${name} is ${text}, not a whole number`);
    return [name, Number(text)];
  });
  return { ...short, ...Object.fromEntries(given) };
}
