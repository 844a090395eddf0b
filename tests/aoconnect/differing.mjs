// What may differ, how, and that it does.
//
//   RECORD=1 node --test --test-concurrency=1 tests/aoconnect/*.test.mjs
//
// writes what both libraries make of what is listed: write its name and its reason first, look at what is written then.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';

const file = new URL('differences.json', import.meta.url);

/** By the parts of the comparison, by the reason, by what differs: what comes of it with both, exactly. */
export const differences = JSON.parse(await readFile(file, 'utf8'));

/**
 * Compares what came of the same with both libraries. What differs must be listed under `part`, with what it is on either
 * side, and what is listed must differ. Every error of ours has a code; what a user's signer throws stays what it is.
 */
export function differing(part) {
  const listed = new Map(Object.values(differences[part]).flatMap((rows) => Object.entries(rows)));
  const found = new Map();
  return {
    compare(what, { real, ours, error }) {
      if (error && !error.ours.isUsers) assert.equal(typeof error.ours.code, 'string', `${error.name}: ${error.message}`);
      if (!listed.has(what)) return assert.deepEqual(ours, real);
      assert.notDeepEqual(ours, real, 'this is the same now: it is to leave the list');
      const both = { aoconnect: real, ours: error ? { ...ours, code: error.ours.code } : ours };
      found.set(what, both);
      if (!process.env.RECORD) assert.deepEqual(both, listed.get(what));
    },
    /** To be called when everything is compared. */
    async done() {
      assert.deepEqual([...listed.keys()].filter((what) => !found.has(what)), [], 'listed, and nowhere compared');
      if (process.env.RECORD) await record(part, found);
    },
  };
}

async function record(part, found) {
  const current = JSON.parse(await readFile(file, 'utf8'));
  for (const rows of Object.values(current[part])) for (const what of Object.keys(rows)) rows[what] = found.get(what);
  await writeFile(file, `${laidOut(current)}\n`);
}

/** JSON in which each side of a difference has a line. */
function laidOut(value, depth = 0) {
  const indent = '  '.repeat(depth);
  const field = ([name, inner]) => `${indent}  ${JSON.stringify(name)}: ${depth < 3 && inner ? laidOut(inner, depth + 1) : JSON.stringify(inner)}`;
  return `{\n${Object.entries(value).map(field).join(',\n')}\n${indent}}`;
}
