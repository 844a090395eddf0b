// What the renderer of the browser that this process started has in memory, in bytes.

import { readdir, readFile } from 'node:fs/promises';

/**
 * The resident memory of the largest renderer: that is the tab's, worker included. Only where there is `/proc`.
 */
export async function rendererMemory() {
  const processes = await all();
  const sizes = [];
  for (const [pid, { command }] of processes) {
    if (command.includes('--type=renderer') && descends(pid, processes)) sizes.push(await resident(pid));
  }
  if (sizes.length === 0) throw new Error('no renderer was found in /proc');
  return Math.max(...sizes);
}

async function all() {
  const processes = new Map();
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [stat, command] = await Promise.all(['stat', 'cmdline'].map((file) => read(pid, file)));
    // Behind the name, which may have anything in it: the state, and the parent.
    processes.set(pid, { parent: stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1], command });
  }
  return processes;
}

function descends(pid, processes) {
  for (let at = processes.get(pid)?.parent; at !== undefined; at = processes.get(at)?.parent) {
    if (at === String(process.pid)) return true;
  }
  return false;
}

async function resident(pid) {
  return Number(/^VmRSS:\s+(\d+)/m.exec(await read(pid, 'status'))?.[1] ?? 0) * 1024;
}

function read(pid, file) {
  // It may have ended since it was listed.
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}
