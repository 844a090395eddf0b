import { UnitError } from '../error.js';
import { outlineOf } from '../items/outline.js';

/**
 * What the network's units look at before they take an item. The unit looks at the rest, and verifies it.
 *
 * @throws {@link UnitError} `ITEM_INVALID`, in their words.
 */
export function checkAdmission(item: Uint8Array): void {
  const tags = outlineOf(item)?.tags;
  if (!tags) throw refused("'body': A valid and signed data item must be provided as the body.");
  if (!tags.some(({ name, value }) => name === 'Data-Protocol' && value === 'ao')) {
    throw refused("Tag 'Data-Protocol': must contain 'ao'");
  }
  // Of several, the first counts.
  const type = tags.find(({ name }) => name === 'Type')?.value;
  if (type !== 'Process' && type !== 'Message') throw refused("Tag 'Type': must be either 'Process' or 'Message'");
}

/**
 * What they look at before they ask who signed an item.
 *
 * @throws {@link UnitError} `ITEM_INVALID`.
 */
export function checkBody(item: Uint8Array): void {
  if (item.length === 0) throw refused('the body is empty: a signed data item belongs there');
}

function refused(words: string): UnitError {
  return new UnitError('ITEM_INVALID', words);
}
