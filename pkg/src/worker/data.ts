import { parseItem } from '../wasm/unit.js';
import { UnitError } from '../error.js';
import type { Unit } from '../wasm/unit.js';
import type { LogEdge } from '../types.js';

/**
 * The body of a message, byte for byte: a log that is read as text has lost what is none.
 *
 * @throws `PROCESS_NOT_FOUND`; {@link UnitError} `NONCE_NOT_FOUND`.
 */
export async function dataAt(unit: Unit, process: string, nonce: number): Promise<Uint8Array> {
  const { page, bytes } = await unit.logItems(process, nonce, 1);
  const [edge] = (JSON.parse(page) as { edges: LogEdge[] }).edges;
  const body = bytes[0];
  if (!edge || !body) throw new UnitError('NONCE_NOT_FOUND', `process ${process} has no message with nonce ${nonce}`);
  // What users signed is there as a whole item, everything else is its body.
  return edge.node.message?.signature ? parseItem(body).data : body;
}
