import { encodeBase64Url } from '../base64url.js';
import { blockId, type Chain } from './chain.js';
import type { Transaction } from './transaction.js';

/** A transaction as `GET /tx/:id` of Arweave's nodes has it: its tags in base64url, and of its data the size. */
export function transactionJson(transaction: Transaction, size: number): object {
  const { id, anchor, signature, recipient, owner, tags } = transaction;
  const encoded = (text: string) => encodeBase64Url(new TextEncoder().encode(text));
  return {
    format: 2,
    id,
    last_tx: anchor,
    owner: owner.key,
    tags: tags.map(({ name, value }) => ({ name: encoded(name), value: encoded(value) })),
    target: recipient,
    quantity: '0',
    data: '',
    data_size: String(size),
    data_root: '',
    reward: '0',
    signature,
  };
}

/** Where in the chain a transaction is, as `GET /tx/:id/status` has it. */
export async function statusOf({ block }: Transaction, chain: Chain): Promise<object> {
  const height = block?.height ?? chain.startHeight;
  return {
    block_height: height,
    block_indep_hash: await blockId(height),
    number_of_confirmations: Math.max(chain.height - height, 0),
  };
}
