// The programs that this one started, browsers and what they start included, as `/proc` tells of them (Linux).

import { readdirSync, readFileSync } from 'node:fs';

/** Their ids. */
export function descendants() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter(isOwn);
}

/** Those in which browsers have their pages, workers included. */
export function renderers() {
  return descendants().filter((id) => read(id, 'cmdline').includes('--type=renderer'));
}

/** What one has in memory, in bytes, that of wasm included; 0 of one that has ended. */
export function memoryOf(id) {
  return kilobytes(id, 'status', 'VmRSS') * 1024;
}

/**
 * Looks every so many milliseconds at what all renderers have in memory together; `before` is what they had at first, and `end()`
 * looks no more and answers the most that they had.
 */
export function watchedRenderers(milliseconds) {
  const memory = () => renderers().reduce((sum, id) => sum + memoryOf(id), 0);
  let most = 0;
  const looking = setInterval(() => (most = Math.max(most, memory())), milliseconds);
  return {
    before: memory(),
    end() {
      clearInterval(looking);
      return most;
    },
  };
}

/** What one has in memory to itself, and its part of what it shares, in bytes; 0 of one that has ended. */
export function shareOf(id) {
  return kilobytes(id, 'smaps_rollup', 'Pss') * 1024;
}

/**
 * What one has in memory that is no file's, and its part of what of that it shares, in bytes; 0 of one that has ended.
 * A file's part is less the more programs have it: other browsers that run count in what they share.
 */
export function unfiledShareOf(id) {
  return (kilobytes(id, 'smaps_rollup', 'Pss_Anon') + kilobytes(id, 'smaps_rollup', 'Pss_Shmem')) * 1024;
}

/** What the system says of one; nothing of one that has ended. */
export function read(id, file) {
  try {
    return readFileSync(`/proc/${id}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function kilobytes(id, file, field) {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(read(id, file))?.[1] ?? 0);
}

function isOwn(id) {
  for (let parent = parentOf(id); parent > 1; parent = parentOf(parent)) if (parent === process.pid) return true;
  return false;
}

function parentOf(id) {
  const stat = read(id, 'stat');
  // Behind the name, which may have anything in it: the state, and the parent.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
}
