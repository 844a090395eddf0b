// How much memory programs have, as the system counts it: everything, that of wasm included.

import { readdirSync, readFileSync } from 'node:fs';

/** A process may have 64 MB here; eight of them are live, the unit keeps images of the rest, and a runtime has its own. */
export const MOST_BYTES = 1_500_000_000;

/** What these processes of the system have in memory, in bytes; 0 of one that has ended. */
export function memoryOf(ids) {
  return ids.reduce((sum, id) => {
    const [, kilobytes = 0] = /^VmRSS:\s+(\d+) kB$/m.exec(read(id, 'status')) ?? [];
    return sum + 1024 * Number(kilobytes);
  }, 0);
}

/** The processes in which this program's browsers have their pages. */
export function renderers() {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  return all.filter((id) => read(id, 'cmdline').includes('--type=renderer') && isOwn(id));
}

function isOwn(id) {
  for (let parent = id; parent > 1; ) {
    if (parent === process.pid) return true;
    parent = Number(read(parent, 'stat').split(') ')[1]?.split(' ')[1] ?? 0);
  }
  return false;
}

/** What the system says of a process; nothing of one that has ended. */
export function read(id, what) {
  try {
    return readFileSync(`/proc/${id}/${what}`, 'utf8');
  } catch {
    return '';
  }
}
