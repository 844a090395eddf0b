// docs/guarantees.md names tests: each of them exists, by just that title.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

const ROOT = new URL('../../', import.meta.url);

test('each guarantee names a test that exists', async () => {
  const text = await readFile(new URL('docs/guarantees.md', ROOT), 'utf8');
  const rows = text.split('\n').filter((line) => /^\| (?!promise|---)/.test(line));
  assert.ok(rows.length >= 25, `${rows.length} guarantees`);
  const missing = [];
  for (const row of rows) {
    const [, promise, shown = ''] = row.split('|').map((cell) => cell.trim());
    const named = [...shown.matchAll(/`([^`]+)`([^`]*)/g)];
    if (named.length === 0) missing.push(`${promise}: no test`);
    for (const [, file, rest] of named) {
      const title = rest.trim().replace(/,$/, '');
      const source = await readFile(new URL(file, ROOT), 'utf8').catch(() => undefined);
      if (source === undefined) missing.push(`${promise}: there is no ${file}`);
      else if (title === '') missing.push(`${promise}: ${file} is named, and no test in it`);
      else if (!namesIn(file, source).includes(title)) missing.push(`${promise}: ${file} has no “${title}”`);
    }
  }
  assert.deepEqual(missing, []);
});

/** What the tests in a file are called, `…` being what a title says of the case at hand. */
function namesIn(file, source) {
  const names = {
    rs: /#\[(?:test|wasm_bindgen_test)\]\s*(?:#\[[^\]]*\]\s*)*(?:async )?fn (\w+)\(/g,
    lua: /^--- (.*)$/gm,
    js: /^ *(?:await )?(?:t\.)?(?:test|part)\(\s*(['"`])(.*?)\1/gm,
  };
  const kind = file.endsWith('.rs') ? 'rs' : file.endsWith('.lua') ? 'lua' : 'js';
  return [...source.matchAll(names[kind])].map((match) => match.at(-1).replace(/\$\{[^}]*\}/g, '…'));
}
