import { encodeBase64Url, decodeBase64Url } from '../base64url.js';
import { UnitError } from '../error.js';
import { ownerLength } from '../items/outline.js';
import { accepted } from './thrown.js';
import type { Sealer } from '../sign.js';
import type { ItemFields, Tag } from '../types.js';

/** An item's tags, encoded, have at most so many bytes. */
const MOST_TAG_BYTES = 4096;

/**
 * Lays items out as aoconnect does: a target and an anchor of no characters are none, the last character of a target
 * may be any, and what an item cannot hold is named in aoconnect's words.
 */
export function aoconnectSealer(sealer: Sealer): Sealer {
  return {
    ...sealer,
    async signingHash(fields, type, publicKey) {
      checkTags(fields.tags);
      const length = ownerLength(type);
      if (publicKey.length !== length) {
        throw invalid(`Owner must be ${length} bytes, but was incorrectly ${publicKey.length}`);
      }
      // What arbundles can hold, and the network refuses, the unit does not even lay out.
      return accepted(sealer.signingHash(laidOut(fields), type, publicKey));
    },
    sealItem: (fields, ...rest) => sealer.sealItem(laidOut(fields), ...rest),
  };
}

function laidOut({ data, tags, target, anchor }: ItemFields): ItemFields {
  if (anchor && new TextEncoder().encode(anchor).length !== 32) throw invalid('Anchor must be 32 bytes');
  return { data, tags, ...(target && { target: spelled(target) }), ...(anchor && { anchor }) };
}

function spelled(target: string): string {
  const characters = target.replace(/[^\w+/-]/g, '');
  const length = Math.floor((characters.length * 3) / 4);
  if (length !== 32) throw invalid(`Target must be 32 bytes but was incorrectly ${length}`);
  return encodeBase64Url(decodeBase64Url(characters));
}

function checkTags(tags: Tag[]): void {
  const odd = tags.find(({ name, value }) => typeof name !== 'string' || typeof value !== 'string');
  if (odd) throw invalid(`Invalid tag format for ${String(odd)}, expected {name:string, value: string}`);
  const bytes = encodedLength(tags);
  if (bytes > MOST_TAG_BYTES) throw invalid(`Too many tag bytes (${bytes} > ${MOST_TAG_BYTES})`);
}

/** As Avro encodes them: their number, and each text behind its length, in bytes of seven bits, and a zero. */
function encodedLength(tags: Tag[]): number {
  if (tags.length === 0) return 0;
  const number = (value: number) => Math.max(1, Math.ceil(Math.log2(value * 2 + 1) / 7));
  const text = (value: string) => new TextEncoder().encode(value).length;
  const lengths = tags.flatMap(({ name, value }) => [text(name), text(value)]);
  return lengths.reduce((sum, length) => sum + number(length) + length, number(tags.length) + 1);
}

function invalid(message: string): UnitError {
  return new UnitError('ITEM_INVALID', message);
}
