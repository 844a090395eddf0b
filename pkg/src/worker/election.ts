import { UnitError } from '../error.js';
import { Following } from './following.js';
import { Host } from './host.js';
import { Leading } from './leading.js';
import { leaderLock } from './names.js';
import { Reception } from './reception.js';
import type { Upstream } from './member.js';
import type { OpenRequest, Reply } from '../protocol.js';

/** A leader that is busy answers late; one that does not answer at all is of another version, or stuck. */
const PATIENCE_MS = 15_000;

/** What becomes of a page's part. */
export interface Outlook {
  /** Is given what whoever leads replies and tells. */
  told(reply: Reply): void;
  /** Another page leads, and begins with a request that must not be done twice. */
  begun(id: number): void;
  /** From now on this one answers. */
  onUpstream(upstream: Upstream): void;
  /** It was this page's turn to lead, and it could not. */
  onFailure(error: unknown): void;
}

/**
 * Takes part in a storage: of all the tabs that have it open, the one that holds its Web Lock leads, and the others
 * reach it over a channel. When it goes, the lock goes to the next in the queue. Resolves to the unit's address, after
 * the first `onUpstream`.
 *
 * @throws {@link UnitError} `UNIT_BUSY` when somebody leads and does not answer, `UNSUPPORTED` where there are no locks,
 *   and what opening the unit throws.
 */
export async function takePart(request: OpenRequest, outlook: Outlook): Promise<string> {
  checkLocks(request.storage);
  return (await leadAtOnce(request, outlook)) ?? follow(request, outlook);
}

/** Leads, if nobody does. */
async function leadAtOnce(request: OpenRequest, outlook: Outlook): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const elected = (lock: Lock | null) => {
      if (lock) return lead(request, outlook, resolve);
      resolve(undefined);
      return undefined;
    };
    navigator.locks.request(leaderLock(request.storage), { ifAvailable: true }, elected).catch(reject);
  });
}

/** Follows whoever leads, until it is this page's turn. */
async function follow(request: OpenRequest, outlook: Outlook): Promise<string> {
  const { storage } = request;
  const candidacy = new AbortController();
  let hasJoined = false;
  return new Promise((resolve, reject) => {
    const { told, begun } = outlook;
    const onLeader = (address: string) => {
      outlook.onUpstream({
        ask: (asked) => following.ask(asked),
        end: async () => {
          candidacy.abort();
          await following.end();
        },
      });
      joined(address);
    };
    const following = new Following(storage, { told, begun, onLeader });
    const timer = setTimeout(() => fail(busy(storage)), PATIENCE_MS);

    function joined(address: string): void {
      clearTimeout(timer);
      hasJoined = true;
      resolve(address);
    }

    function fail(error: unknown): void {
      clearTimeout(timer);
      candidacy.abort();
      void following.end();
      if (hasJoined) outlook.onFailure(error);
      else reject(error);
    }

    const elected = async () => {
      await following.end();
      await lead(request, outlook, joined);
    };
    following.seek().catch(fail);
    navigator.locks.request(leaderLock(storage), { signal: candidacy.signal }, elected).catch((error: unknown) => {
      if (!candidacy.signal.aborted) fail(error);
    });
  });
}

/** Leads, for as long as the promise is pending; the lock goes when it is not. */
async function lead(request: OpenRequest, outlook: Outlook, onOpen: (address: string) => void): Promise<void> {
  const host = await Host.open(request);
  const leading = new Leading(host, outlook.told);
  const reception = new Reception(request.storage, host, outlook.told);
  await new Promise<void>((resign) => {
    const end = async () => {
      reception.end();
      // If closing fails, the lock goes with the worker and not before.
      await leading.end();
      resign();
    };
    outlook.onUpstream({ ask: (asked) => leading.ask(asked), end });
    onOpen(host.unit.address);
  });
}

function checkLocks(storage: string): void {
  if ((globalThis.navigator as Navigator | undefined)?.locks) return;
  const remedy = 'serve the page over https or from localhost; outside of browsers, use memory://';
  throw new UnitError('UNSUPPORTED', `${storage} needs a secure context: ${remedy}`);
}

function busy(storage: string): UnitError {
  const remedy = 'close it there or reload it, or open another storage here';
  return new UnitError('UNIT_BUSY', `another tab or window has ${storage} open, and does not answer: ${remedy}`);
}
