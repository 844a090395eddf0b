import { effect, signal } from '@preact/signals';
import type { LogEdge, Unit } from 'ao-unit/unit';
import { processes } from '../unit/processes.ts';
import { unit } from '../unit/session.ts';

/** Who sent how much to whom. */
export interface Flow {
  /** A process or a wallet. */
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** The action of the last of them. */
  readonly action: string;
  /** When it was read, by `performance.now()`. */
  readonly at: number;
}

/** By `from` and `to`. */
export const flows = signal<ReadonlyMap<string, Flow>>(new Map());

/** By process, the last nonce that was read. */
let read = new Map<string, number>();
/** So many messages of a log are read at once; of a longer log, the rest follows. */
const AT_ONCE = 500;

/** Reads what came into the logs since the last look, while somebody looks. Returns what ends it. */
export function followTraffic(): () => void {
  let ended = false;
  let looking = false;
  const end = effect(() => {
    const [opened, known] = [unit.value, processes.value];
    if (!opened || looking || known.every(({ id, nextNonce }) => (read.get(id) ?? -1) >= nextNonce - 1)) return;
    looking = true;
    void look(opened, known.map(({ id, nextNonce }) => [id, nextNonce] as const)).finally(() => {
      looking = false;
      // What came meanwhile is read with the next change of the list.
      if (!ended && processes.value !== known) processes.value = [...processes.value];
    });
  });
  return () => {
    ended = true;
    end();
  };
}

async function look(opened: Unit, known: readonly (readonly [id: string, nextNonce: number])[]): Promise<void> {
  const next = new Map(flows.value);
  const ids = new Set(known.map(([id]) => id));
  read = new Map([...read].filter(([id]) => ids.has(id)));
  for (const [id, nextNonce] of known) {
    for (let last = read.get(id) ?? -1; last < nextNonce - 1; ) {
      const { edges } = await opened.log({ process: id, from: last, limit: AT_ONCE });
      if (edges.length === 0) break;
      for (const edge of edges) count(next, id, edge);
      last = Number(edges.at(-1)?.cursor);
      read.set(id, last);
    }
  }
  flows.value = new Map([...next].filter(([, { to }]) => ids.has(to)));
}

function count(next: Map<string, Flow>, to: string, { node: { message } }: LogEdge): void {
  if (!message || message.id === to) return;
  const tag = (name: string) => message.tags.find((one) => one.name === name)?.value;
  // What a process sent bears no signature, and says whom it is from.
  const from = (message.signature === '' && tag('From-Process')) || message.owner.address;
  const key = `${from} ${to}`;
  const action = tag('Action') ?? '';
  next.set(key, { from, to, action, count: (next.get(key)?.count ?? 0) + 1, at: performance.now() });
}
