// The snippets of a document, as one program for a page of the tests.

import { readFile } from 'node:fs/promises';

const IMPORT = /^import (\{.*?\}) from '(.*)';$/gm;
const LOGGED = /console\.log\(.*\); \/\/ (.*)/g;

const { exports } = JSON.parse(await readFile(new URL('../../pkg/package.json', import.meta.url), 'utf8'));

/**
 * The snippets in JavaScript of `markdown`, one after the other: `program`, in which the entries of the package are
 * imported from where the tests serve them, and `expected`, what its comments say that is logged.
 */
export function snippets(markdown) {
  const code = [...markdown.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code).join('\n');
  const program = code.replace(IMPORT, (_, names, from) => {
    const { default: script } = exports[from.replace('ao-unit', '.')];
    return `const ${names} = await import('${script.replace('./dist/', '/pkg/')}');`;
  });
  return { program, expected: [...code.matchAll(LOGGED)].map(([, said]) => said) };
}

/** Runs such a program in `page`. Answers what it logs. */
export async function logged(page, program) {
  const said = [];
  const listen = (message) => message.type() === 'log' && said.push(message.text());
  page.on('console', listen);
  await page.evaluate(`(async () => { ${program} })()`);
  page.off('console', listen);
  return said;
}
