// docs/guarantees.md names tests: each of them exists.

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
      // A test's name may be written with either kind of quotes.
      else if (title !== '' && !source.includes(title)) missing.push(`${promise}: ${file} has no “${title}”`);
    }
  }
  assert.deepEqual(missing, []);
});
