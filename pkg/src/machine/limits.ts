/** What a process may use. */
export interface Limits {
  /** Bytes of memory, in all: 256 MiB if left out, at most 4 GiB. */
  memoryLimit?: number | undefined;
  /** Units of gas for one message: 1,000,000,000 if left out, which is a few seconds of work. */
  gasLimit?: number | bigint | undefined;
}

const MEMORY_LIMIT = 256 * 2 ** 20;
const MOST_MEMORY = 2 ** 32;
const GAS_LIMIT = 1_000_000_000n;
const MOST_GAS = 2n ** 63n - 1n;

/**
 * The limits, checked. More than what a machine can count means what it can.
 *
 * @throws `RangeError` for what is no positive number.
 */
export function checkLimits({ memoryLimit = MEMORY_LIMIT, gasLimit = GAS_LIMIT }: Limits) {
  if (!(memoryLimit > 0)) throw new RangeError(`memoryLimit is ${memoryLimit}, not a number of bytes`);
  if (!(gasLimit > 0)) throw new RangeError(`gasLimit is ${gasLimit}, not a number of units`);
  const gas = gasLimit >= MOST_GAS ? MOST_GAS : BigInt(typeof gasLimit === 'number' ? Math.ceil(gasLimit) : gasLimit);
  return { memoryLimit: Math.min(memoryLimit, MOST_MEMORY), gasLimit: gas };
}
