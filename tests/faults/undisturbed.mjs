// The same logs in a second unit, in Node and in memory, that nothing is done to.

import { openUnit } from 'ao-unit/unit';
import { otherReplay } from './invariants.mjs';

/**
 * Takes in exported processes, one after the other: signatures, chain and ticks are verified, and the log is evaluated.
 * Answers what comes to other outcomes, or to another memory, than the file has.
 */
export async function undisturbedFaults(files) {
  const unit = await openUnit({ storage: `memory://undisturbed-${Math.random()}` });
  const faults = [];
  let entries = 0;
  try {
    for await (const { id, file } of files) {
      const refused = (error) => void faults.push({ kind: 'chain', id, why: String(error) });
      const process = await unit.importProcess(file).catch(refused);
      if (!process) continue;
      const replayed = await unit.replay(process);
      entries += replayed.entries;
      faults.push(...otherReplay(process, replayed));
      await unit.deleteProcess(process);
    }
  } finally {
    await unit.close();
  }
  return { faults, entries };
}
