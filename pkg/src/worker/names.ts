import type { Port } from '../protocol.js';

/** What tabs say to each other, in this version of the package. Those that speak another are not understood. */
const PROTOCOL = 3;

/** The Web Lock of whoever leads in a storage: of all versions, because a storage has one writer. */
export function leaderLock(storage: string): string {
  return `ao-unit:${storage}`;
}

/** The Web Lock by which whoever takes part tells its key, for as long as it is there. */
export function partLock(storage: string, part: Part, key: string): string {
  return `ao-unit/${PROTOCOL}:${storage} ${part} ${key}`;
}

export type Part = 'leads' | 'follows';

/** What all who have a storage open say to each other: to look at the locks again. Anybody may say it. */
export type Call = 'leads' | 'seeks';

/** What a follower says to its leader: that it listens, and would be greeted. */
export const HERE = 'here';

/** What a leader says to one follower: that it answers from now on. */
export interface Greeting {
  /** The unit's address. */
  greets: string;
}

/** What a leader says to one follower before it does what must not be done twice: it was asked for that. */
export interface Begun {
  begun: number;
}

/** The channel of all who have a storage open. */
export function openHall(storage: string): BroadcastChannel {
  return new BroadcastChannel(`ao-unit/${PROTOCOL}:${storage}`);
}

/** The channel between a follower and whoever leads: nobody else knows its name. */
export function openLine(secret: string): BroadcastChannel {
  return new BroadcastChannel(`ao-unit/${PROTOCOL}:${secret}`);
}

/** A channel as a port: what is posted is copied, and nothing changes hands. */
export function portOf(channel: BroadcastChannel): Port {
  return {
    postMessage: (message) => channel.postMessage(message),
    addEventListener: (type, listener) => channel.addEventListener(type, listener),
  };
}
