// Hostile Lua, entry by entry: what is stated of it happens, and nobody else comes to harm.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openTestUnit } from 'ao-unit/test';
import { memoryOf } from '../demo/system.mjs';
import { FILES, MOST_BYTES, aftermath, attack, entriesOf, stage } from './corpus.mjs';

const corpus = await Promise.all(
  FILES.map(async (file) => [file, entriesOf(await readFile(new URL(`${file}.lua`, import.meta.url), 'utf8'))]),
);

test('the corpus has a hundred entries', () => {
  assert.ok(corpus.flatMap(([, entries]) => entries).length >= 100);
});

for (const [file, entries] of corpus) {
  test(`${file}: what is stated of each happens, and nobody else comes to harm`, { timeout: 300_000 }, async (t) => {
    const staged = await stage(openTestUnit, t);
    for (const entry of entries) {
      await t.test(entry.title, { timeout: 60_000 }, async (t) => {
        const { wrong, took } = await attack(staged, entry);
        if (took > 1000) t.diagnostic(`${Math.round(took)} ms`);
        assert.deepEqual(wrong, []);
        assert.ok(memoryOf(process.pid) < MOST_BYTES, `there are ${memoryOf(process.pid)} bytes`);
      });
    }
    assert.deepEqual(await aftermath(staged), []);
  });
}
