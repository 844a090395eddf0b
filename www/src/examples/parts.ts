import type { Step } from './examples.ts';
import { namesIn } from './fill.ts';

/** Whom every script knows. */
export const KNOWN: readonly string[] = ['alice', 'bob', 'carol'];

/** Templates that are nobody: no part is called so. */
export const RESERVED: readonly string[] = ['process', 'id', 'timestamp', 'age', 'brace'];

/** Wallets without a name are `someone-1` to `someone-99` in a link: a stranger's text does not have wallets made without end. */
export const SOMEONE = 'someone-';
export const MOST_STRANGERS = 99;
const isSomeone = (name: string) => /^someone-[1-9]\d?$/.test(name);

/** The parts that a step names, in its texts or as who sends it: the owner, whom all know, and whoever sends in the script. */
export function partsIn(step: Step, script: readonly Step[]): string[] {
  const senders = new Set(script.map(({ from }) => from));
  const isPart = (name: string) => name === 'owner' || KNOWN.includes(name) || isSomeone(name) || senders.has(name);
  return [...new Set([...namesIn(step), step.from ?? 'owner'])].filter((name) => isPart(name) && !RESERVED.includes(name));
}
