// scale.*: what a message costs when there is much, beside what it costs when there is little: in turns, in one unit.

import { inTurns, median, ratio } from './samples.mjs';

const [FEW, MANY] = [100, 100_000];

export async function scale({ open }, { quick }) {
  const part = await open();
  const rounds = quick ? 5 : 9;
  const count = 200;

  const long = await part('processWithLog', MANY);
  const log = await inTurns(rounds, {
    // Its log grows by what is measured: so it is a new one each time.
    few: async () => part('costPerMessage', await part('processWithLog', FEW), 'Add', count),
    many: () => part('costPerMessage', long, 'Add', count),
  });

  const [small, large] = [await part('processWithBalances', FEW), await part('processWithBalances', MANY)];
  const state = await inTurns(rounds, {
    few: () => part('costPerMessage', small, 'Transfer', count),
    many: () => part('costPerMessage', large, 'Transfer', count),
  });
  return { 'scale.log': compared(log), 'scale.state': compared(state) };
}

function compared({ few, many }) {
  return { ...ratio(many, few), few: median(few), many: median(many) };
}
