import type { LogItem, Unit } from 'ao-unit/unit';

/** What stands in a text where bytes were no UTF-8. */
const REPLACED = '\ufffd';

/** Whether the text may stand for bytes that are none. */
export function mayBeOther(text: string): boolean {
  return text.includes(REPLACED);
}

/** The data of a message byte for byte, as the unit keeps it: a log has it as text. */
export async function bytesOf(unit: Unit, { id }: LogItem): Promise<Uint8Array<ArrayBuffer>> {
  // The routes of the network are loaded when they are needed first, which is seldom.
  const { createFetch, LOCALNET } = await import('ao-unit/fetch');
  const response = await createFetch(unit)(`${LOCALNET.GATEWAY_URL}/raw/${id}`);
  if (!response.ok) throw new Error(`the bytes of message ${id} cannot be read: ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Whether bytes are text as they are. */
export function isText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
