// `docs/api` is what the types say today.

import assert from 'node:assert/strict';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { run } from './recipe.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

test('the reference of the API is up to date: npm run docs --workspace pkg', { timeout: 120_000 }, async () => {
  const made = path('../artifacts/packaging/api');
  await rm(made, { recursive: true, force: true });
  await run(`typedoc --out '${made}'`, path('../../pkg'));
  const [expected, found] = [await pages(made), await pages(path('../../docs/api'))];
  assert.deepEqual(Object.keys(found), Object.keys(expected));
  for (const [name, text] of Object.entries(expected)) assert.equal(found[name], text, name);
});

async function pages(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.md')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index]]));
}
