// What a fork is called where chance is always the same.

import { createHash } from 'node:crypto';

/** What every unit of this suite draws: `drive.mjs` and `crate/unit/examples/differential.rs` see to it. */
const DRAWN = Buffer.alloc(32, 1);

/** The id of a fork of a process, of whose log no entry is a tick, after a message. */
export function forkOf(process, nonce) {
  const until = Buffer.alloc(8);
  until.writeBigUInt64BE(BigInt(nonce) + 1n);
  const parts = ['ao-unit fork', Buffer.from(process, 'base64url'), until, DRAWN];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('base64url');
}
