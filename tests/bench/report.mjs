// What is printed and answered of each key, and what fails the command.
//
// A figure misses its bar or meets it. Machines are noisy, and others are slower: so the command fails only for what
// is over its size, and for a ratio that is not half as good as its bar. Milliseconds and messages a second are told.

/** A figure with its bar: whether it is `met`, and whether it fails the command. */
export function judged(figure, { bar, isRatio = false, isSize = false }) {
  if (!bar) return { met: undefined, failed: false };
  const met = 'atLeast' in bar ? figure >= bar.atLeast : figure <= bar.atMost;
  const isHalf = 'atLeast' in bar ? figure >= bar.atLeast / 2 : figure <= bar.atMost * 2;
  return { met, failed: isSize ? !met : isRatio && !isHalf };
}

/** The keys of a group that came out without a figure. */
export function unreported(keys, group, measured) {
  return Object.keys(keys).filter((key) => key.startsWith(`${group}.`) && !Number.isFinite(measured[key]?.figure));
}

/** One line for people. */
export function line(key, { title, unit, bar }, { figure, min, max, rounds }, { met, failed }) {
  const spread = rounds > 1 ? `${shown(min)} … ${shown(max)}` : '';
  const verdict = met === undefined ? '' : `${words(bar)}: ${met ? 'met' : failed ? 'FAILED' : 'not met'}`;
  return `  ${key.padEnd(25)} ${title.padEnd(39)}${`${shown(figure)} ${unit}`.padEnd(17)}${spread.padEnd(19)}${verdict}`;
}

/** The same for programs. */
export function entry({ title, unit, bar }, measured, { met }) {
  const rounded = Object.entries(measured).map(([name, value]) => [name, typeof value === 'number' ? round(value) : value]);
  return { title, ...Object.fromEntries(rounded), unit, ...(bar && { bar, met }) };
}

/** A bar in words. */
export function words(bar) {
  return 'atLeast' in bar ? `at least ${shown(bar.atLeast)}` : `at most ${shown(bar.atMost)}`;
}

export function shown(figure) {
  return figure.toLocaleString('en', { maximumFractionDigits: figure < 10 ? 2 : figure < 1000 ? 1 : 0 });
}

/** Four digits say more than any round does. */
function round(figure) {
  return Number(figure.toPrecision(4));
}
