import { listWallets } from 'ao-unit/wallet';
import { KNOWN, MOST_STRANGERS, RESERVED, SOMEONE } from '../examples/parts.ts';
import { cast } from '../workspace/stage.ts';

/** Whom a script is about. */
interface About {
  readonly process: string;
  /** The address of its owner. */
  readonly owner: string;
  /** The addresses of all who sent something. */
  readonly senders: readonly string[];
}

/** What a script calls those who occur in it: whoever opens it has other processes and other wallets. */
export interface Names {
  /** The word for who sends something. */
  wordFor(address: string): string;
  /** A text with every id and address that has a word as its template: `{process}`, `{alice}`, `{someone-1}`. */
  template(text: string): string;
}

/** Words for a process, the others of its cast, and every wallet that sends something or is of this page. */
export async function namesOf({ process, owner, senders }: About): Promise<Names> {
  const wallets = new Map((await listWallets()).map(({ address, name }) => [address, name ?? '']));
  const parts = Object.entries(cast.peek());
  const words = new Map([...parts.map(([name, id]) => [id, name] as const), [process, 'process'], [owner, 'owner']]);
  // `{guests}` is the list of all whose name is `guest-1` and so on.
  const taken = new Set([...RESERVED, ...words.values(), ...parts.flatMap(([name]) => [name, name.replace(/-\d+$/, 's')])]);
  let strangers = 0;
  const stranger = (): string => {
    const word = `${SOMEONE}${(strangers += 1)}`;
    return taken.has(word) ? stranger() : word;
  };
  const name = (address: string, isFree: (called: string) => boolean) => {
    if (words.has(address) || strangers >= MOST_STRANGERS) return;
    const called = wallets.get(address) ?? '';
    const word = /^\w[\w-]*$/.test(called) && !taken.has(called) && isFree(called) ? called : stranger();
    words.set(address, word);
    taken.add(word);
  };
  for (const address of senders) name(address, () => true);
  // Who only occurs in texts is known to a script by few names: see `parts.ts`.
  for (const address of wallets.keys()) name(address, (called) => KNOWN.includes(called));
  const isTemplate = (word: string) => taken.has(word) || KNOWN.includes(word) || word.startsWith(SOMEONE);
  return {
    wordFor: (address) => words.get(address) ?? address,
    template: (text) =>
      [...words].reduce(
        (filled, [id, word]) => filled.replaceAll(id, `{${word}}`),
        // A brace that was there before opens no template, where it would.
        text.replace(/\{(?=(\w[\w-]*)\})/g, (brace, word: string) => (isTemplate(word) ? '{brace}' : brace)),
      ),
  };
}
