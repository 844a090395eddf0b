import { decodeBase64Url, encodeBase64Url } from '../base64url.js';
import { sha256 } from '../subtle.js';
import type { CallTarget } from '../calls.js';
import type { ClockReading } from '../types.js';

/** A block of the unit's chain. */
export interface Block {
  height: number;
  /** Milliseconds since 1970. */
  time: number;
}

/** The unit's chain, whose blocks come at even intervals. */
export interface Chain {
  /** The height now. */
  height: number;
  startHeight: number;
  /** When its first block came, in milliseconds since 1970. */
  startTime: number;
  /** Milliseconds from block to block. */
  interval: number;
}

export async function chainOf(unit: CallTarget): Promise<Chain> {
  const { height, chain } = JSON.parse(await unit.ask('clock')) as ClockReading;
  return { height, ...chain };
}

/** The block of a height, if the chain has come so far. */
export function blockAt(chain: Chain, height: number): Block | undefined {
  const { startHeight, startTime, interval } = chain;
  const isThere = Number.isInteger(height) && height >= startHeight && height <= chain.height;
  return isThere ? { height, time: startTime + (height - startHeight) * interval } : undefined;
}

/** Where the height stands in an id of 48 bytes, which is as long as Arweave's ids of blocks are. */
const HEIGHT_AT = 40;

/** The id of a block: it hashes the height, and ends with it, so that a block is found by its id. */
export async function blockId(height: number): Promise<string> {
  const bytes = new Uint8Array(HEIGHT_AT + 8);
  bytes.set(await sha256(new TextEncoder().encode(`ao-unit block ${height}`)), 0);
  new DataView(bytes.buffer).setBigUint64(HEIGHT_AT, BigInt(height));
  return encodeBase64Url(bytes);
}

/** The height of the block with this id, if it is one. */
export async function heightOf(id: string): Promise<number | undefined> {
  if (!/^[\w-]{64}$/.test(id)) return undefined;
  const height = Number(new DataView(decodeBase64Url(id).buffer).getBigUint64(HEIGHT_AT));
  return (await blockId(height)) === id ? height : undefined;
}
