// The entries of the package, as the manifest's `exports` has them: whoever adds one adds it there.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const TYPES = /^\.\/dist\/types\/(.*)\.d\.ts$/;

/**
 * Every script that is exported: `name` as it is exported, `source` from which it is built, `script` in `dist`.
 * `dist/machine.js` is built from the source of its types, `dist/types/machine/index.d.ts`.
 */
export async function entries() {
  const { exports } = JSON.parse(await readFile(new URL('./package.json', import.meta.url), 'utf8'));
  return Object.entries(exports)
    .filter(([, { types }]) => types !== undefined)
    .map(([name, { types, default: script }]) => ({
      name,
      source: fileURLToPath(new URL(`./src/${TYPES.exec(types)[1]}.ts`, import.meta.url)),
      script: script.replace('./dist/', ''),
    }));
}
