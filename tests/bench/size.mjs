// size.*: what `cargo xtask size` weighs, with its budgets; it is handed over as JSON.

const KB = 1000;

export function size(weights) {
  return weights.map(({ name, gzip, budget }) => {
    const bar = budget === null ? undefined : { atMost: budget };
    return { key: `size.${name}`, about: { title: 'gzip', unit: 'kB', bar, isSize: true }, measured: { figure: gzip / KB } };
  });
}
