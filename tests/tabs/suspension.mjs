// A tab that is suspended, as telephones do: its whole process stands still, and goes on later.

import { readdirSync, readFileSync } from 'node:fs';

/** Suspends the process of `tab` for so many milliseconds. */
export async function suspended(tab, milliseconds) {
  const process_ = await processOf(tab);
  process.kill(process_, 'SIGSTOP');
  try {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  } finally {
    process.kill(process_, 'SIGCONT');
  }
}

/** The process that works most while the tab does: the browser does not tell which it is. */
async function processOf(tab) {
  for (;;) {
    const before = workOfRenderers();
    await tab.evaluate(() => {
      const end = performance.now() + 150;
      while (performance.now() < end);
    });
    const worked = [...workOfRenderers()].map(([id, ticks]) => [ticks - (before.get(id) ?? ticks), id]);
    const [[most, id] = [0], [next] = [0]] = worked.sort(([one], [other]) => other - one);
    // Ticks of 10 ms; whoever is not clearly ahead may be another that is busy.
    if (most >= 8 && next * 2 < most) return id;
  }
}

/** Of each of this program's browsers' renderers: how much it has worked. */
function workOfRenderers() {
  const all = new Map();
  for (const name of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      if (!command.includes('--type=renderer') || !isOwn(Number(name))) continue;
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ');
      all.set(Number(name), Number(fields[11]) + Number(fields[12]));
    } catch {
      // It has ended meanwhile.
    }
  }
  return all;
}

function isOwn(id) {
  for (let parent = id; parent > 1; ) {
    if (parent === process.pid) return true;
    parent = Number(readFileSync(`/proc/${parent}/stat`, 'utf8').split(') ')[1].split(' ')[1]);
  }
  return false;
}
