// memory.idle: what the browser needs more when there are 200 processes that have done their work and wait.

import { descendants, shareOf } from '../demo/system.mjs';

const PROCESSES = 200;
/** Until checkpoints are written and garbage is gone. */
const SETTLING_MS = 5000;

export async function memory({ page, origin }) {
  await page.goto(origin);
  await page.evaluate(openInPage);
  const before = megabytes();
  await page.evaluate(processesInPage, PROCESSES);
  await page.waitForTimeout(SETTLING_MS);
  return { 'memory.idle': { figure: (megabytes() - before) / PROCESSES } };
}

async function openInPage() {
  const { openUnit } = await import('/pkg/unit.js');
  globalThis.unit = await openUnit({ storage: `idb://memory-${Math.random()}` });
}

async function processesInPage(count) {
  const { unit } = globalThis;
  const module = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
  const data = "n = 0\nHandlers.add('Add', 'Add', function(m) n = n + 1; m.reply({ Data = tostring(n) }) end)";
  const spawned = [];
  for (let i = 0; i < count; i += 1) {
    spawned.push(await unit.spawn({ module, tags: [{ name: 'On-Boot', value: 'Data' }], data }));
  }
  for (let round = 1; round <= 2; round += 1) {
    for (const process of spawned) {
      const message = await unit.message({ process, tags: [{ name: 'Action', value: 'Add' }] });
      const { Messages } = await unit.result({ process, message });
      if (Messages[0].Data !== String(round)) throw new Error(JSON.stringify(Messages));
    }
  }
}

/** The memory that this browser's processes have to themselves, and their parts of what they share. */
function megabytes() {
  return descendants().reduce((sum, id) => sum + shareOf(id), 0) / 1024 / 1024;
}
