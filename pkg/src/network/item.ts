import { UnitError } from '../error.js';
import { outlineOf } from '../items/outline.js';
import { tagOf } from './transaction.js';
import type { NetworkRequest } from './routes.js';

/**
 * The data item in a request's body, as far as the network's units look at it before they take it: the unit verifies
 * it.
 *
 * @throws {@link UnitError} `ITEM_INVALID`.
 */
export async function signedItem(request: NetworkRequest): Promise<Uint8Array> {
  const item = await request.bytes();
  const outline = outlineOf(item);
  if (!outline) throw invalid("'body': A valid and signed data item must be provided as the body.");
  if (!outline.tags.some(({ name, value }) => name === 'Data-Protocol' && value === 'ao')) {
    throw invalid("Tag 'Data-Protocol': must contain 'ao'");
  }
  if (!['Process', 'Message'].includes(tagOf(outline, 'Type') ?? '')) {
    throw invalid("Tag 'Type': must be either 'Process' or 'Message'");
  }
  return item;
}

/** The fields that an assignment leaves out, which a query lists with commas. */
export function excluded(query: URLSearchParams): string[] {
  return query.getAll('exclude').flatMap((list) => list.split(',').filter((field) => field !== ''));
}

function invalid(words: string): UnitError {
  return new UnitError('ITEM_INVALID', words);
}
