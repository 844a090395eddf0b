// docs/moving-from-aoconnect.md: what it says is so.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { openUnit } from 'ao-unit/unit';
import { differences } from './differing.mjs';

const guide = await readFile(new URL('../../docs/moving-from-aoconnect.md', import.meta.url), 'utf8');

test('it names the reason of everything that differs', () => {
  const reasons = new Set(Object.values(differences).flatMap((part) => Object.keys(part)));
  const said = guide.toLowerCase();
  for (const reason of reasons) assert.ok(said.includes(reason.toLowerCase()), reason);
});

test('its last program does what it says', async () => {
  const snippet = guide.split('## Less to write')[1].match(/```js\n(.*?)```/s)[1];
  const expected = [...snippet.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, said]) => said);
  const logged = [];
  const { inspect } = await import('node:util');
  const console = { log: (value) => logged.push(inspect(value)) };
  const program = snippet.replace(/^import .*$/m, '').replace('openUnit()', "openUnit({ storage: 'memory://guide' })");
  await new Function('openUnit', 'console', `return (async () => { ${program}; await unit.close() })()`)(openUnit, console);
  assert.equal(expected.length, 2);
  assert.deepEqual(logged, expected);
});
