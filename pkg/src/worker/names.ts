import type { Port } from '../protocol.js';

/** What tabs say to each other, in this version of the package. Those that speak another are not understood. */
const PROTOCOL = 2;

/** The Web Lock of whoever leads in a storage. */
export function leaderLock(storage: string): string {
  return `ao-unit:${storage}`;
}

/** The Web Lock that a follower has for as long as it is there. */
export function followerLock(storage: string, follower: string): string {
  return `ao-unit:${storage}:${follower}`;
}

/** What all who have a storage open say to each other: who leads, and who looks for them. */
export type Call = { leads: true } | { seeks: string };

/** What a leader says to one follower: that it answers from now on, and since when it leads. */
export interface Greeting {
  greets: string;
  term: string;
}

/** What a leader says to one follower before it does what must not be done twice: it was asked for that. */
export interface Begun {
  begun: number;
}

/** The channel of all who have a storage open. */
export function openHall(storage: string): BroadcastChannel {
  return new BroadcastChannel(`ao-unit/${PROTOCOL}:${storage}`);
}

/** The channel between a follower and whoever leads. */
export function openLine(storage: string, follower: string): BroadcastChannel {
  return new BroadcastChannel(`ao-unit/${PROTOCOL}:${storage}:${follower}`);
}

/** A channel as a port: what is posted is copied, and nothing changes hands. */
export function portOf(channel: BroadcastChannel): Port {
  return {
    postMessage: (message) => channel.postMessage(message),
    addEventListener: (type, listener) => channel.addEventListener(type, listener),
  };
}
