// What the editor offers and explains is what docs/lua.md says.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { entryOf, readReference } from '../src/lua/reference.ts';

const entries = readReference(await readFile(new URL('../../docs/lua.md', import.meta.url), 'utf8'));

test('every section of docs/lua.md is known by the names that are written in Lua', () => {
  for (const name of [
    'Send',
    'Inbox',
    'ao.send',
    'ao.nonForwardableTags',
    'msg.reply',
    'msg.Block-Height',
    'Handlers.add',
    'Handlers.utils.hasMatchingTag',
    'Utils.map',
    'Utils.matchesSpec',
    'json.encode',
    'base64.decode',
    'crdt.GCounter.new',
    'os.time',
    'math.random',
    'load',
  ]) {
    assert.ok(entryOf(entries, name), name);
  }
});

test('an entry has how it is called, and what it does', () => {
  assert.deepEqual(entryOf(entries, 'Handlers.add'), {
    name: 'Handlers.add',
    signature: 'Handlers.add(name, [pattern,] handle, [maxRuns])',
    text: 'at the end; without a pattern the name is the action. A known name is replaced where it is',
  });
  assert.equal(entryOf(entries, 'Utils.filter').signature, 'Utils.filter(fn, list)');
  assert.equal(entryOf(entries, 'x.send'), undefined);
});
