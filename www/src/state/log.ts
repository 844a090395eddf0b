import type { LogEdge, Tag, Unit } from 'ao-unit/unit';
import type { LuaValue } from './lua-text.ts';

/** A message of a log, as the panels name it and as the process saw it. */
export interface LogMessage {
  readonly nonce: number;
  /** Empty, if it has none. */
  readonly action: string;
  readonly from: string;
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly tags: readonly Tag[];
  /** What a process is given, to be tried on a copy of it. */
  readonly raw: { readonly [name: string]: LuaValue };
}

/** So many messages are read at once: a longer page is felt while somebody types. */
const PAGE = 150;

/** The messages of a log from a nonce on, page by page. */
export async function* messagesOf(unit: Unit, process: string, from = 0): AsyncGenerator<LogMessage[]> {
  let cursor = from > 0 ? from - 1 : undefined;
  for (;;) {
    const { edges, pageInfo } = await unit.log({ process, from: cursor, limit: PAGE });
    if (edges.length > 0) yield edges.map((edge) => messageOf(edge, process));
    cursor = Number(edges.at(-1)?.cursor);
    if (!pageInfo.hasNextPage || edges.length === 0) return;
  }
}

/** The message with this nonce; `undefined` if there is none. */
export async function messageAt(unit: Unit, process: string, nonce: number): Promise<LogMessage | undefined> {
  const { edges } = await unit.log({ process, from: nonce > 0 ? nonce - 1 : undefined, to: nonce, limit: 1 });
  return edges[0] && messageOf(edges[0], process);
}

function messageOf({ node: { message, assignment } }: LogEdge, process: string): LogMessage {
  const said = (name: string) => assignment.tags.find((tag) => tag.name === name)?.value ?? '';
  const tags = message?.tags ?? [];
  const tag = (name: string) => tags.find((one) => one.name === name)?.value;
  const owner = message?.owner.address ?? '';
  // What a process of this unit sent bears no signature, and comes from that process.
  const isSent = message !== null && message.signature === '' && message.id !== process;
  const from = (isSent && tag('From-Process')) || owner;
  const [nonce, time] = [Number(said('Nonce')), Number(said('Timestamp'))];
  const fields = {
    Id: message?.id,
    From: owner,
    Owner: owner,
    Target: message?.target,
    Data: message?.data ?? undefined,
    Anchor: message?.anchor ?? undefined,
    Timestamp: time,
    'Block-Height': Number(said('Block-Height')),
    Nonce: nonce,
    Epoch: Number(said('Epoch')),
    Cron: false,
  };
  return { nonce, action: tag('Action') ?? tag('Type') ?? '', from, time, tags, raw: { fields, tags: tags.map(({ name, value }) => [name, value]) } };
}
