// What a figure is held to.
//
// A bar is what a case should reach: `{ atLeast }` or `{ atMost }`. It fails when it misses its bar by more than a
// quarter: what a busy machine takes away says nothing about the code. A case that is known to miss its bar has a
// figure that it `reached` besides. It is said not to reach its bar, and fails behind that figure alone, to which no
// quarter is given.

/** How far a figure may miss its bar before it fails, as part of the bar. */
export const MARGIN = 0.25;

/** How a figure compares: `verdict` in words, `kept` for the bar itself, `failed` for what fails the command. */
export function held(figure, { bar, reached }) {
  const { is, limit, slack } = direction(bar);
  if (is(figure, limit)) return { verdict: 'kept', kept: true, failed: false };
  if (reached !== undefined) {
    const failed = !is(figure, reached);
    return { verdict: `not reached; it ${failed ? 'HAD' : 'has'} reached ${number(reached)}`, kept: false, failed };
  }
  const failed = !is(figure, limit * slack);
  return { verdict: failed ? 'MISSED' : `missed by less than ${MARGIN * 100} %`, kept: false, failed };
}

/** A bar in words. */
export function words(bar) {
  return 'atLeast' in bar ? `at least ${number(bar.atLeast)}` : `at most ${number(bar.atMost)}`;
}

export function number(figure) {
  return figure.toLocaleString('en', { maximumFractionDigits: 1 });
}

function direction(bar) {
  return 'atLeast' in bar
    ? { is: (figure, limit) => figure >= limit, limit: bar.atLeast, slack: 1 - MARGIN }
    : { is: (figure, limit) => figure <= limit, limit: bar.atMost, slack: 1 + MARGIN };
}
