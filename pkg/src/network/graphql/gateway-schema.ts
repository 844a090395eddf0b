import { blockId } from '../chain.js';
import type { Schema } from './schema.js';

/** Which transactions are asked for. */
export interface TransactionsQuery extends PageQuery {
  ids?: string[] | null;
  owners?: string[] | null;
  recipients?: string[] | null;
  tags?: TagFilter[] | null;
  bundledIn?: string[] | null;
  block?: HeightRange | null;
}

/** Which blocks are asked for. */
export interface BlocksQuery extends PageQuery {
  ids?: string[] | null;
  height?: HeightRange | null;
}

export interface PageQuery {
  first: number;
  after?: string | null;
  sort: 'HEIGHT_ASC' | 'HEIGHT_DESC';
}

export interface TagFilter {
  name: string;
  values: string[];
  op: 'EQ' | 'NEQ';
}

/** Both ends are in it. */
export interface HeightRange {
  min?: number | null | undefined;
  max?: number | null | undefined;
}

/** Who answers: its methods are the fields of `Query`. */
export interface GatewayRoot {
  transaction(given: { id: string }): unknown;
  transactions(given: TransactionsQuery): unknown;
  block(given: { id?: string | null }): unknown;
  blocks(given: BlocksQuery): unknown;
}

/** A block, before its id is made. */
export interface BlockSource {
  height: number;
  /** Seconds since 1970, as Arweave has it. */
  timestamp: number;
}

const PAGE = { first: 'Int = 10', after: 'String', sort: 'SortOrder = "HEIGHT_DESC"' };
/** Nothing here costs anything, and nothing carries value. */
const NOTHING = { resolve: () => ({ winston: '0', ar: '0.000000000000' }) };

/** The root's method of that name. */
function by(name: keyof GatewayRoot) {
  return (root: GatewayRoot, given: never) => root[name](given);
}

/** What Arweave's gateways can be asked, as far as clients of ao do. */
export const GATEWAY: Schema = {
  objects: {
    Query: {
      transaction: { type: 'Transaction', arguments: { id: 'ID!' }, resolve: by('transaction') },
      transactions: {
        type: 'TransactionConnection!',
        arguments: {
          ids: '[ID!]',
          owners: '[String!]',
          recipients: '[String!]',
          tags: '[TagFilter!]',
          bundledIn: '[ID!]',
          block: 'BlockFilter',
          ...PAGE,
        },
        resolve: by('transactions'),
      },
      block: { type: 'Block', arguments: { id: 'String' }, resolve: by('block') },
      blocks: {
        type: 'BlockConnection!',
        arguments: { ids: '[ID!]', height: 'BlockFilter', ...PAGE },
        resolve: by('blocks'),
      },
    },
    TransactionConnection: {
      pageInfo: { type: 'PageInfo!' },
      edges: { type: '[TransactionEdge!]!' },
      count: { type: 'String' },
    },
    TransactionEdge: { cursor: { type: 'String!' }, node: { type: 'Transaction!' } },
    Transaction: {
      id: { type: 'ID!' },
      anchor: { type: 'String!' },
      signature: { type: 'String!' },
      recipient: { type: 'String!' },
      owner: { type: 'Owner!' },
      fee: { type: 'Amount!', ...NOTHING },
      quantity: { type: 'Amount!', ...NOTHING },
      data: { type: 'MetaData!' },
      tags: { type: '[Tag!]!' },
      block: { type: 'Block' },
      parent: { type: 'Parent', resolve: () => null },
      bundledIn: { type: 'Bundle', resolve: () => null },
    },
    Owner: { address: { type: 'String!' }, key: { type: 'String!' } },
    Amount: { winston: { type: 'String!' }, ar: { type: 'String!' } },
    MetaData: {
      size: { type: 'String!', resolve: ({ size }: { size(): Promise<string> }) => size() },
      type: { type: 'String' },
    },
    Tag: { name: { type: 'String!' }, value: { type: 'String!' } },
    Parent: { id: { type: 'ID!' } },
    Bundle: { id: { type: 'ID!' } },
    PageInfo: { hasNextPage: { type: 'Boolean!' } },
    BlockConnection: { pageInfo: { type: 'PageInfo!' }, edges: { type: '[BlockEdge!]!' } },
    BlockEdge: { cursor: { type: 'String!' }, node: { type: 'Block!' } },
    Block: {
      id: { type: 'ID!', resolve: ({ height }: BlockSource) => blockId(height) },
      timestamp: { type: 'Int!' },
      height: { type: 'Int!' },
      previous: { type: 'ID!', resolve: ({ height }: BlockSource) => blockId(Math.max(height - 1, 0)) },
    },
  },
  inputs: {
    TagFilter: { name: 'String!', values: '[String!]!', op: 'TagOperator = "EQ"', match: 'TagMatch = "EXACT"' },
    BlockFilter: { min: 'Int', max: 'Int' },
  },
  enums: {
    SortOrder: ['HEIGHT_ASC', 'HEIGHT_DESC'],
    TagOperator: ['EQ', 'NEQ'],
    TagMatch: ['EXACT'],
  },
};
