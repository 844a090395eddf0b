import type { Ask, Json, UnitApi } from '../protocol.js';
import type { LogEdge } from '../types.js';

/** A message where it was found: in the log of a process. */
export type Found = LogEdge['node'] & { process: string };

/** The unit's time in milliseconds since 1970, and the height of its chain. */
export interface Clock {
  timestamp: number;
  height: number;
  /** How the height comes about. */
  chain?: { startHeight: number; startTime: number; interval: number };
}

/** The verbs that only the network's routes ask for, beside the others. */
interface NetworkApi extends UnitApi {
  find(id: string, process?: string): Promise<Json<Found | null>>;
  clock(): Promise<Json<Clock>>;
  modules(): Promise<Json<{ id: string; name: string }[]>>;
}

type NetworkAsk = <M extends keyof NetworkApi>(
  method: M,
  ...args: Parameters<NetworkApi[M]>
) => Promise<Awaited<ReturnType<NetworkApi[M]>>>;

/** An open unit, as the network's routes need it. */
export interface NetworkUnit {
  readonly ask: NetworkAsk;
  readonly address: string;
}

/** An open unit with the verbs of its protocol. */
export function networkUnit({ ask, address }: { ask: Ask; address: string }): NetworkUnit {
  return { ask: ask as unknown as NetworkAsk, address };
}
