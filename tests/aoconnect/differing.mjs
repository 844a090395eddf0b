// What may differ, and that it does.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

/** Reasons by the parts of the comparison, and by what differs. */
export const differences = JSON.parse(await readFile(new URL('differences.json', import.meta.url), 'utf8'));

/**
 * Compares what came of the same with both libraries. What differs must be listed under `part`, and what is listed must
 * differ. Every error of ours has a code; what a user's signer throws stays what it is.
 */
export function differing(part) {
  const listed = differences[part];
  const found = new Set();
  return {
    compare(what, { real, ours, error }) {
      if (error && !error.ours.isUsers) assert.equal(typeof error.ours.code, 'string', `${error.name}: ${error.message}`);
      if (listed[what] === undefined) return assert.deepEqual(ours, real);
      found.add(what);
      assert.notDeepEqual(ours, real, 'this is the same now: it is to leave the list');
    },
    /** To be called when everything is compared. */
    done() {
      assert.deepEqual(Object.keys(listed).filter((what) => !found.has(what)), [], 'listed, and nowhere compared');
    },
  };
}
