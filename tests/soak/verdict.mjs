// What the samples of a soak come to, and what of it is wrong.

/**
 * What the long form must keep to. `growth`: the part by which what is in memory may be above its level after the first
 * minute, once garbage is collected, and its peaks of the last fifth above those of the second; `rate`: the part of the second fifth's rate that the last fifth must have; `linear`: the part by which the
 * bytes for an evaluation may differ from one stretch to the next; `overhead`: how many times what is in the database
 * the browser may say that it takes.
 */
export const LONG = { growth: 0.15, rate: 0.8, linear: 0.1, overhead: 3 };

/** A process keeps two chains of checkpoints, of 17 at most, and no more. */
const MOST_CHECKPOINTS = 34;
/** Behind the first minute, or behind this part of what is shorter. */
const SETTLING = { seconds: 60, part: 0.4 };

/** What the samples, and the sizes of the database at three of them, come to. */
export function figuresOf(samples, sizes) {
  const last = samples.at(-1);
  const settled = Math.min(SETTLING.seconds, last.seconds * SETTLING.part);
  const settledSamples = samples.filter(({ seconds }) => seconds >= settled && seconds <= settled + last.seconds / 5);
  const [level, end] = [lowest(settledSamples), lowest(fifth(samples, 4))];
  const [early, late] = [1, 4].map((number) => Math.max(...fifth(samples, number).map(({ most }) => most)));
  const [first, , final] = sizes;
  const stretches = sizes.slice(1).map((size, i) => perEvaluation(size, sizes[i]));
  const records = ({ checkpoints, ...logs }) => total(logs);
  const stored = Object.values(final.checkpoints);
  return {
    evaluated: last.evaluated,
    seconds: last.seconds,
    memory: { level, end, growth: end / level - 1, peaks: [early, late] },
    wasm: { level: settledSamples[0].wasm, end: last.wasm },
    rate: { all: last.evaluated / last.seconds, second: rate(samples, 1), last: rate(samples, 4) },
    bytesPerEvaluation: perEvaluation(final, first),
    stretches: stretches.map(records),
    database: { bytes: total(final.stores), byStore: final.stores, usage: sizes.map(({ usage }) => usage) },
    checkpoints: { written: last.checkpoints, stored: sum(stored), mostOfOne: Math.max(...stored) },
    work: { signed: last.signed, failed: last.failed, outOfGas: last.outOfGas, dryRuns: last.dryRuns,
      reads: last.reads, forks: last.forks, deleted: last.deleted },
  };
}

/** What is wrong, as sentences. */
export function problemsOf({ memory, wasm, rate, stretches, database, checkpoints, work }, bounds) {
  const problems = [];
  const require = (holds, problem) => holds || problems.push(problem);
  require(memory.growth <= bounds.growth, `memory grew by ${percent(memory.growth)} after it had settled`);
  const [early, late] = memory.peaks;
  require(late <= early * (1 + bounds.growth), `memory came to ${early} bytes at most, and to ${late} later`);
  const { level, end } = wasm;
  require(end.instances <= level.instances, `${level.instances} wasm memories became ${end.instances}`);
  require(rate.last >= bounds.rate * rate.second, `it slowed down from ${rate.second} to ${rate.last} evaluations a second`);
  const [first, second] = stretches;
  require(second <= first * (1 + bounds.linear), `an evaluation took ${first} bytes of the database, and ${second} later`);
  const usage = database.usage.at(-1);
  require(usage <= bounds.overhead * database.bytes, `the database has ${database.bytes} bytes and takes ${usage}`);
  require(checkpoints.stored < checkpoints.written, `all ${checkpoints.written} checkpoints are still there`);
  require(checkpoints.mostOfOne <= MOST_CHECKPOINTS, `a process has ${checkpoints.mostOfOne} checkpoints`);
  for (const [kind, count] of Object.entries(work)) require(count > 0, `nothing was ${kind}: the mix is not what it says`);
  return problems;
}

/** The samples of one fifth of the evaluations. */
function fifth(samples, number) {
  const all = samples.at(-1).evaluated;
  return samples.filter(({ evaluated }) => evaluated > (all * number) / 5 && evaluated <= (all * (number + 1)) / 5);
}

function rate(samples, number) {
  const those = fifth(samples, number);
  const before = samples[samples.indexOf(those[0]) - 1]?.evaluated ?? 0;
  return ((those.at(-1).evaluated - before) / sum(those.map(({ took }) => took))) * 1000;
}

/** What garbage collection leaves: the lowest of a stretch. */
function lowest(samples) {
  return Math.min(...samples.map(({ memory }) => memory));
}

function perEvaluation(now, before) {
  const evaluations = now.evaluated - before.evaluated;
  const growth = Object.keys(now.stores).map((name) => [name, (now.stores[name] - before.stores[name]) / evaluations]);
  return Object.fromEntries(growth);
}

function total(byStore) {
  return sum(Object.values(byStore));
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

const percent = (part) => `${(part * 100).toFixed(1)} %`;
