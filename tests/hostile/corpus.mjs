// The corpus of hostile Lua: its entries, and what is stated of each.

/** The files of the corpus, each a way to attack. */
export const FILES = ['escape', 'metatables', 'hang', 'exhaust', 'neighbours'];

/** What an attacker may use for a message, unless its entry wants more to get where it wants to. */
const GAS = 25_000_000;

/** What can be stated. Of what has a value here, that holds for an entry that states nothing of it. */
const KINDS = {
  /** It is part of the error. */
  error: undefined,
  /** It is all that was printed. */
  output: undefined,
  /** It is among the tags of what was sent, as `name=value`. */
  message: undefined,
  /** How many there are in the outcome. */
  spawns: undefined,
  assignments: undefined,
  /** Why something that was sent found nobody: part of the reason that is told. */
  refused: undefined,
  /** Part of the error with which the first message of a process that was made ended. */
  boot: undefined,
  /** How many processes there are more, beside the one that attacks. */
  made: '0',
  /** How many messages wait because their cause has used up its budget. */
  paused: '0',
  /** … how many do when each such cause was told to go on, once. */
  resumed: '0',
  /** … and when the attacker, and whatever it made, is deleted: for others, or for processes that are not made yet. */
  left: '0',
};

/**
 * The entries of a file: `--- title`, then `-- expect KIND: TEXT`, once or more often; perhaps `-- gas NUMBER`; perhaps
 * `-- replayed`: its log comes to the same outcomes once more; perhaps `-- after anything`: the process that was attacked
 * from within may be of no use any more; then Lua.
 */
export function entriesOf(text) {
  return text
    .split(/^--- /m)
    .slice(1)
    .map((part) => {
      const [title, ...lines] = part.split('\n');
      const stated = [...part.matchAll(/^-- expect (\w+): (.+)$/gm)].map(([, kind, text]) => [kind, text]);
      if (stated.length === 0) throw new Error(`${title}: nothing is expected`);
      for (const [kind] of stated) if (!Object.hasOwn(KINDS, kind)) throw new Error(`${title}: nobody can expect ${kind}`);
      const [, gas = String(GAS)] = /^-- gas (\d+)$/m.exec(part) ?? [];
      return {
        title,
        gas,
        expected: { ...KINDS, ...Object.fromEntries(stated) },
        isLost: /^-- after anything$/m.test(part),
        isReplayed: /^-- replayed$/m.test(part),
        lua: lines.filter((line) => !/^-- (expect|after|gas|replayed)/.test(line)).join('\n'),
      };
    });
}

/** What of `said` is not as an entry expects it, as texts. */
export function differences(expected, said) {
  const isPart = { error: true, message: true, refused: true, boot: true };
  return Object.entries(expected)
    .filter(([, text]) => text !== undefined)
    .filter(([kind, text]) => (isPart[kind] ? !said[kind]?.includes(text) : said[kind] !== text))
    .map(([kind]) => `${kind} is ${short(said[kind])}, and the outcome ${short(said.error ?? said.output)}`);
}

export function short(value) {
  const text = String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
