// What a person can do about an error.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { adviceOn } from '../src/app/advice.ts';

test('whatever becomes of the storage, there is advice', () => {
  const named = readFileSync(new URL('../../pkg/src/error.ts', import.meta.url), 'utf8');
  const codes = [...new Set(named.match(/\bSTORE_[A-Z_]+\b/g))];
  assert.ok(codes.length >= 6, 'the package names its codes');
  assert.deepEqual(codes.filter((code) => adviceOn(code) === ''), []);
});
