// A tab that is suspended, as telephones do: its whole process stands still, and goes on later.

import { read, renderers } from '../demo/system.mjs';

/** Suspends the process of `tab` for so many milliseconds. */
export async function suspended(tab, milliseconds) {
  const { wake } = await suspend(tab);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  wake();
}

/** Suspends the process of `tab` until it is woken, or killed in its sleep. */
export async function suspend(tab) {
  const id = await processOf(tab);
  process.kill(id, 'SIGSTOP');
  return { wake: () => process.kill(id, 'SIGCONT'), kill: () => process.kill(id, 'SIGKILL') };
}

/** The process that works most while the tab does: the browser does not tell which it is. */
async function processOf(tab) {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const before = workOfRenderers();
    await tab.evaluate(() => {
      const end = performance.now() + 200;
      while (performance.now() < end);
    });
    const worked = [...workOfRenderers()].map(([id, ticks]) => [ticks - (before.get(id) ?? ticks), id]);
    const [[most, id] = [0], [next] = [0]] = worked.sort(([one], [other]) => other - one);
    // Ticks of 10 ms, of which a busy machine gives fewer; who is not clearly ahead may be another that is busy.
    if (most >= 5 && next * 2 < most) return id;
  }
  throw new Error('which process has the tab was not to be seen');
}

/** Of each of this program's browsers' pages: how much it has worked. */
function workOfRenderers() {
  const worked = renderers().map((id) => {
    const fields = read(id, 'stat').split(') ')[1]?.split(' ') ?? [];
    return [id, Number(fields[11] ?? 0) + Number(fields[12] ?? 0)];
  });
  return new Map(worked);
}
