import { checkAdmission } from './admission.js';
import { fieldsIn } from './listing.js';
import type { NetworkRequest } from './routes.js';

/**
 * The data item in a request's body, as far as the network's units look at it before they take it: the unit verifies
 * it.
 *
 * @throws {@link UnitError} `ITEM_INVALID`.
 */
export async function signedItem(request: NetworkRequest): Promise<Uint8Array> {
  const item = await request.bytes();
  checkAdmission(item);
  return item;
}

/** The fields that an assignment leaves out, which a query lists with commas. */
export function excluded(query: URLSearchParams): string[] {
  return query.getAll('exclude').flatMap(fieldsIn);
}
