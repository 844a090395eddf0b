import { blockAt, heightOf, type Block, type Chain } from '../chain.js';
import { contentTypeOf, type Transaction } from '../transaction.js';
import { listed, pageOf, type Listed } from './page.js';
import type { Holdings } from '../holdings.js';
import type { BlockSource, GatewayRoot, HeightRange, TagFilter, TransactionsQuery } from './gateway-schema.js';

/** Answers the queries of Arweave's gateways from `holdings`. */
export function gatewayRoot(holdings: Holdings): GatewayRoot {
  const nodeOf = (transaction: Transaction) => ({
    ...transaction,
    block: transaction.block && sourceOf(transaction.block),
    data: {
      size: async () => String(await holdings.sizeOf(transaction)),
      type: contentTypeOf(transaction),
    },
  });

  return {
    async transaction({ id }) {
      const [found] = await holdings.withIds([id]);
      return found && nodeOf(found);
    },

    async transactions(query) {
      const { ids } = query;
      const candidates = isFilter(ids) ? await holdings.withIds(ids) : await holdings.transactions();
      return pageOf(listed(candidates.filter(isWanted(query)), ({ id }) => id), query, nodeOf);
    },

    async block({ id }) {
      const chain = await holdings.chain();
      // Without an id, the newest.
      const height = id ? await heightOf(id) : chain.height;
      const block = height === undefined ? undefined : blockAt(chain, height);
      return block && sourceOf(block);
    },

    async blocks(query) {
      const chain = await holdings.chain();
      const blocks = isFilter(query.ids) ? await blocksWithIds(chain, query.ids) : blocksOf(chain, query.height ?? {});
      return pageOf(blocks, query, sourceOf);
    },
  };
}

/** What every filter that is given lets pass. */
function isWanted({ owners, recipients, tags, bundledIn, block }: TransactionsQuery) {
  return (transaction: Transaction): boolean =>
    isOneOf(owners, transaction.owner.address) &&
    isOneOf(recipients, transaction.recipient) &&
    (tags ?? []).every((filter) => hasTag(transaction, filter)) &&
    // Nothing here is in a bundle.
    !isFilter(bundledIn) &&
    (!block || (transaction.block !== undefined && isIn(block, transaction.block.height)));
}

/** Gateways take an empty list for one that was not given: clients leave out nothing. */
function isFilter(wanted: readonly string[] | null | undefined): wanted is readonly string[] {
  return (wanted ?? []).length > 0;
}

function isOneOf(wanted: readonly string[] | null | undefined, value: string): boolean {
  return !isFilter(wanted) || wanted.includes(value);
}

function hasTag({ tags }: Transaction, { name, values, op }: TagFilter): boolean {
  const named = tags.filter((tag) => tag.name === name);
  const isEqual = ({ value }: { value: string }) => values.includes(value);
  return op === 'EQ' ? named.some(isEqual) : named.length > 0 && !named.some(isEqual);
}

function isIn({ min, max }: HeightRange, height: number): boolean {
  return height >= (min ?? 0) && height <= (max ?? Infinity);
}

async function blocksWithIds(chain: Chain, ids: readonly string[]): Promise<Listed<Block>> {
  const heights = await Promise.all([...new Set(ids)].map(heightOf));
  const blocks = heights.map((height) => (height === undefined ? undefined : blockAt(chain, height)));
  const sorted = blocks.filter((block) => block !== undefined).sort((one, other) => one.height - other.height);
  return listed(sorted, idOfBlock);
}

/** The blocks whose heights are in a range, and are there. */
function blocksOf(chain: Chain, { min, max }: HeightRange): Listed<Block> {
  const lowest = Math.max(min ?? 0, chain.startHeight);
  const highest = Math.min(max ?? Infinity, chain.height);
  return {
    length: Math.max(highest - lowest + 1, 0),
    at: (index) => blockAt(chain, lowest + index) as Block,
    idOf: idOfBlock,
    indexOf: (id) => (blockAt(chain, Number(id)) && isIn({ min, max }, Number(id)) ? Number(id) - lowest : -1),
  };
}

const idOfBlock = ({ height }: Block) => String(height);

function sourceOf({ height, time }: Block): BlockSource {
  return { height, timestamp: Math.floor(time / 1_000) };
}
