// scale.*: what a message costs when there is much, beside what it costs when there is little: in pairs, in one unit.

import { inPairs, median, pairedRatio } from './samples.mjs';

const [FEW, MANY] = [100, 100_000];

export async function scale({ open }, { quick }) {
  const part = await open();
  // Many, and short: a machine that is busy for seconds spoils few of them.
  const rounds = quick ? 11 : 21;
  const count = 100;

  const long = await part('processWithLog', MANY);
  const log = await inPairs(rounds, {
    // Its log grows by what is measured: so it is a new one each time.
    few: async () => part('costPerMessage', await part('processWithLog', FEW), 'Add', count),
    many: () => part('costPerMessage', long, 'Add', count),
  });

  const [small, large] = [await part('processWithBalances', FEW), await part('processWithBalances', MANY)];
  const state = await inPairs(rounds, {
    few: () => part('costPerMessage', small, 'Transfer', count),
    many: () => part('costPerMessage', large, 'Transfer', count),
  });
  return { 'scale.log': compared(log), 'scale.state': compared(state) };
}

function compared({ few, many }) {
  return { ...pairedRatio(many, few), few: median(few), many: median(many) };
}
