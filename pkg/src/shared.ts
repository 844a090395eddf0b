/**
 * Has those who ask while an answer is on its way wait for that one: a wallet shows one prompt, and some refuse to be
 * asked twice at once.
 */
export function shared<K extends object, V>(ask: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const pending = new WeakMap<K, Promise<V>>();
  return (key) => {
    const earlier = pending.get(key);
    if (earlier) return earlier;
    const answer = ask(key).finally(() => pending.delete(key));
    pending.set(key, answer);
    return answer;
  };
}
