// What is done while the worker is killed: decided by a seed, so that it can be done again.

/** Random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const PROCESSES = 10;
/** Beside them, the newest of the forks are written to. */
const FORKS = 2;

/** Ends what never ends in milliseconds. */
export const GAS = '10000000';

/** Each transfer has a key: it is counted by who passes it on, and by who gets it. What is sent by a tick, by time. */
export const LEDGER = `
Passed, Got, Ticks = {}, {}, 0
Handlers.add('Pass', { Action = 'Pass' }, function(m)
  Passed[m.Key] = (Passed[m.Key] or 0) + 1
  Send({ Target = m.Recipient, Action = 'Give', Key = m.Key })
end)
Handlers.add('Give', { Action = 'Give' }, function(m) Got[m.Key] = (Got[m.Key] or 0) + 1 end)
Handlers.add('Fail', { Action = 'Fail' }, function(m) Passed[m.Key] = 1 error('refused ' .. m.Key) end)
Handlers.add('Burn', { Action = 'Burn' }, function() while true do end end)
Handlers.add('Hire', { Action = 'Hire' }, function(m)
  Spawn('ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s', { Key = m.Key, Data = 'x' })
end)
Handlers.add('Tick', { Action = 'Tick' }, function(m)
  Ticks = Ticks + 1
  Send({ Target = m.Recipient, Action = 'Give', Key = 'tick-' .. m.Timestamp })
end)`;

const KINDS = [
  ['pass', 70], ['fail', 8], ['dryrun', 8], ['checkpoint', 6], ['tick', 5], ['burn', 2], ['hire', 1], ['spawn', 1], ['fork', 1],
];
const HOWS = ['terminate', 'close', 'crash'];

/** A round has about so many steps in the unit's worker, as `decided.mjs` counts them. */
const STEPS = 150;

/**
 * A round: what is asked, in parts of which length; after which step the worker stops, or which of a
 * kind behind it, and how it is ended then; after
 * which one a transaction is aborted, if any; and how many milliseconds pass until the next.
 */
export function round(random, number) {
  const below = (limit) => Math.floor(random() * limit);
  const operations = Array.from({ length: 8 + below(16) }, (_, i) => {
    const from = below(PROCESSES + FORKS);
    return { kind: pick(random), key: `${number}-${i}`, from, to: (from + 1 + below(PROCESSES - 1)) % PROCESSES };
  });
  const [part, stop] = [1 + below(8), 1 + below(STEPS)];
  // Few steps are completions, and what is durable and not acknowledged yet is of most interest.
  const at = random() < 0.25 ? 'completion' : undefined;
  const abort = random() < 0.25 ? 1 + below(stop) : undefined;
  return { operations, plan: { part, stop, at, abort }, how: HOWS[below(HOWS.length)], pause: below(3000) };
}

function pick(random) {
  let left = random() * KINDS.reduce((sum, [, weight]) => sum + weight, 0);
  return (KINDS.find(([, weight]) => (left -= weight) < 0) ?? KINDS[0])[0];
}
