import init, { recoverKeysWith, verifyBatch } from '../wasm/unit.js';
import { curveFrom, recoverKey } from '../items/secp256k1.js';
import type { Port } from '../protocol.js';
import type { VerifierReply, VerifierRequest } from './verification.js';

/** Answers the batches that arrive at `port`, of which the first message is the compiled wasm. */
export function verifyBatches(port: Port): void {
  const reply = (message: VerifierReply) => port.postMessage(message, []);
  port.addEventListener('message', async ({ data }: MessageEvent<VerifierRequest>) => {
    if ('module' in data) {
      await init({ module_or_path: data.module });
      curveFrom(data.secp256k1);
      recoverKeysWith(recoverKey);
      reply({ isReady: true });
      return;
    }
    // What was thrown says nothing of any item: the unit sees for itself.
    const verdicts = await verifyBatch(data.batch).catch(() => new Uint8Array());
    reply({ id: data.id, verdicts });
  });
}
