// What is said of several rounds.

export function median(samples) {
  return quantile(samples, 0.5);
}

/** The sample below which a part of them is; between two, in proportion. */
export function quantile(samples, part) {
  if (samples.length === 0) throw new RangeError('there is no sample');
  const sorted = [...samples].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const below = Math.floor(place);
  const above = sorted[Math.min(below + 1, sorted.length - 1)];
  return sorted[below] + (above - sorted[below]) * (place - below);
}

export function geometricMean(samples) {
  if (samples.length === 0) throw new RangeError('there is no sample');
  return Math.exp(samples.reduce((sum, sample) => sum + Math.log(sample), 0) / samples.length);
}

/** Runs sides in turn, `rounds` times each after one that does not count, and resolves to the samples of each. */
export async function inTurns(rounds, sides) {
  const samples = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, measure] of Object.entries(sides)) {
      const sample = await measure();
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}

/**
 * Runs two sides, `rounds` times each after one that does not count, and resolves to the samples of each. Every other
 * round begins with the other side: what becomes slower or faster in the meantime is no side's gain.
 */
export async function inPairs(rounds, sides) {
  const forwards = Object.entries(sides);
  const backwards = [...forwards].reverse();
  const samples = Object.fromEntries(forwards.map(([name]) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, measure] of round % 2 === 0 ? forwards : backwards) {
      const sample = await measure();
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}

/** A figure made of samples: their median, and how far they lie apart. */
export function spread(samples) {
  return { figure: median(samples), min: Math.min(...samples), max: Math.max(...samples), rounds: samples.length };
}

/** How much more one side is than the other: of their medians; its spread is that of the rounds, each by itself. */
export function ratio(samples, others) {
  const each = samples.map((sample, round) => sample / others[round]);
  return { figure: median(samples) / median(others), min: Math.min(...each), max: Math.max(...each), rounds: each.length };
}

/**
 * How much more one side is than the other, of samples that were taken side by side: the median of the rounds' ratios.
 * A machine that is busy for some rounds makes both of their samples greater, and of a round of which it spoils one
 * nothing is left in the median.
 */
export function pairedRatio(samples, others) {
  return spread(samples.map((sample, round) => sample / others[round]));
}
