// Whether everything that was done in a soak is there, once, and comes to the same again.

import { faultsOf } from '../faults/invariants.mjs';

/**
 * Of everything that a unit has, with what a replay of each process came to, and of the ids that were acknowledged:
 * what that comes to, and what of it is wrong.
 */
export function accountOf({ processes, paused }, acknowledged) {
  const faults = faultsOf({ processes, paused }, acknowledged.map((id) => ({ kind: 'message', id })));
  const count = (kind) => faults.filter((fault) => fault.kind === kind).length;
  return {
    figures: {
      acknowledged: acknowledged.length,
      lost: count('lost'),
      doubled: count('doubled'),
      replayed: processes.reduce((sum, { replayed }) => sum + replayed.entries, 0),
      replayEqual: count('replay') === 0,
    },
    problems: faults.map(({ kind, ...fault }) => `${kind}: ${JSON.stringify(fault)}`),
  };
}
