// evaluate.*: a handler that replies to a ping, on the machine alone in Chromium; and on aos 2.0.6 by the network's
// loader in Node, with its memory copied in and out for each message as the compute unit has it, and without.

import { startPeer } from './peers/peer.mjs';
import { inTurns, median, ratio, spread } from './samples.mjs';

export async function evaluate({ open }, { quick }) {
  const peer = startPeer('loader');
  try {
    const part = await open();
    for (const kind of ['copied', 'live']) await peer.ask('open', kind);
    const { ours, loader, live } = await inTurns(quick ? 5 : 9, {
      ours: () => part('pingsPerSecond', 5000),
      loader: () => peer.ask('pingsPerSecond', 'copied', 20),
      live: () => peer.ask('pingsPerSecond', 'live', 500),
    });
    return {
      'evaluate.ping': spread(ours),
      'evaluate.versusLoader': { ...ratio(ours, loader), peer: median(loader) },
      'evaluate.versusLive': { ...ratio(ours, live), peer: median(live) },
    };
  } finally {
    peer.stop();
  }
}
