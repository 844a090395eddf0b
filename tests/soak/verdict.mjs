// What the samples of a soak come to, and what of it is wrong.

/**
 * What the long form must keep to. `growth`: the part by which what the tab, the browser's own process and all of its
 * processes together have in memory, once garbage is collected, may be above its level after the first minute, the wasm
 * memories' growth apart; `index`: the bytes by which those may grow for an evaluation; `peaks`: the part by which the
 * most of the last fifth, as it is, may be above the most of the second; `rate`: the part of the second fifth's rate that the last fifth must have; `linear`: the part by
 * which the bytes for an evaluation may grow from one stretch to the next; `overhead`: how many times what is in the
 * database the browser may say that it takes.
 *
 * The unit knows each message by 16 bytes of its id, and has to find it by them: that is what the index is.
 */
export const LONG = { growth: 0.15, index: 64, peaks: 0.3, rate: 0.8, linear: 0.1, overhead: 3 };

const WHOSE = { tab: 'the tab', browser: "the browser's own process", all: 'all processes of the browser' };

/** A process keeps two chains of checkpoints, of 17 at most, and no more. */
const MOST_CHECKPOINTS = 34;
/** Behind the first minute, or behind this part of what is shorter. */
const SETTLING = { seconds: 60, part: 0.4 };

/** What the samples, and the sizes of the database at three of them, come to. */
export function figuresOf(samples, sizes) {
  const last = samples.at(-1);
  const settled = Math.min(SETTLING.seconds, last.seconds * SETTLING.part);
  const collected = samples.filter((sample) => sample.collected);
  const later = collected.filter(({ seconds }) => seconds >= settled);
  // Where samples are few, it is one.
  const early = later.filter(({ seconds }, i) => i === 0 || seconds <= settled + last.seconds / 5);
  const late = collected.filter((sample, i) => i === collected.length - 1 || fifth(samples, 4).includes(sample));
  /** The medians of something behind the settling, and at the end. */
  const medians = (of) => [early, late].map((those) => median(those.map(of)));
  const [wasmLevel, wasmEnd] = medians(({ collected }) => collected.wasm.bytes);
  const [before, after] = medians(({ evaluated }) => evaluated);
  const growth = (whose) => {
    const [level, end] = medians(({ collected }) => collected[whose]);
    const most = [1, 4].map((number) => Math.max(...fifth(samples, number).map(({ memory }) => memory[whose])));
    // The browser's own process has no wasm.
    const wasm = whose === 'browser' ? 0 : wasmEnd - wasmLevel;
    return { level, end, growth: (end - level - wasm) / level, most };
  };
  const [first, , final] = sizes;
  const stretches = sizes.slice(1).map((size, i) => perEvaluation(size, sizes[i]));
  const records = ({ checkpoints, ...logs }) => total(logs);
  const stored = Object.values(final.checkpoints);
  return {
    evaluated: last.evaluated,
    seconds: last.seconds,
    memory: { tab: growth('tab'), browser: growth('browser'), all: growth('all') },
    wasm: {
      level: wasmLevel, end: wasmEnd, bytesPerEvaluation: (wasmEnd - wasmLevel) / (after - before),
      instances: [early[0], late.at(-1)].map(({ collected }) => collected.wasm.instances),
    },
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
  for (const [whose, { growth, most: [early, late] }] of Object.entries(memory)) {
    const what = `the memory of ${WHOSE[whose]}`;
    require(growth <= bounds.growth, `${what} grew by ${percent(growth)} after it had settled, beside that of wasm`);
    require(late <= early * (1 + bounds.peaks), `${what} came to ${early} bytes at most, and to ${late} later`);
  }
  const [some, more] = wasm.instances;
  require(more <= some, `${some} wasm memories became ${more}`);
  require(wasm.bytesPerEvaluation <= bounds.index, `the wasm memories grew by ${wasm.bytesPerEvaluation} bytes an evaluation`);
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

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
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
