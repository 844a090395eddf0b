/** A prompt that nobody has answered for so long was lost, as when a telephone went away. */
const PATIENCE_MS = 60_000;

/**
 * Has those who ask while an answer is on its way wait for that one: a wallet shows one prompt, and some refuse to be
 * asked twice at once. Whoever comes when it has been on its way for `patience` milliseconds asks anew, so that one
 * answer that never comes does not keep the page from signing ever again.
 */
export function shared<K extends object, R extends unknown[], V>(
  ask: (key: K, ...rest: R) => Promise<V>,
  patience = PATIENCE_MS,
): (key: K, ...rest: R) => Promise<V> {
  const pending = new WeakMap<K, { answer: Promise<V>; since: number }>();
  return (key, ...rest) => {
    const earlier = pending.get(key);
    if (earlier && performance.now() - earlier.since < patience) return earlier.answer;
    const forget = () => {
      if (pending.get(key) === asked) pending.delete(key);
    };
    const asked = { answer: ask(key, ...rest).finally(forget), since: performance.now() };
    pending.set(key, asked);
    return asked.answer;
  };
}
