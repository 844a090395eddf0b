// How large a run is: `node tests/tabs/many.test.mjs --ends 200 --seed 7`, which `cargo xtask tabs` calls, is a long one.

import { parseArgs } from 'node:util';

/** The numbers that this program was given, by their names; those that were not given are as `short` has them. */
export function formOf(short) {
  const options = Object.fromEntries(Object.keys(short).map((name) => [name, { type: 'string' }]));
  const { values } = parseArgs({ options });
  const given = Object.entries(values).map(([name, text]) => {
    if (!/^\d+$/.test(text)) throw new Error(`--${name} is ${text}, not a whole number`);
    return [name, Number(text)];
  });
  return { ...short, ...Object.fromEntries(given) };
}
