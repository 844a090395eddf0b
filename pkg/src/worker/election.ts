import { UnitError } from '../error.js';
import { Following } from './following.js';
import { Host } from './host.js';
import { Leading } from './leading.js';
import { leaderLock, partLock } from './names.js';
import { Participant } from './participant.js';
import { Reception } from './reception.js';
import { holdLock } from './roll.js';
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
    const dismissal = new AbortController();
    const elected = (lock: Lock | null) => {
      if (lock) return lead(request, outlook, resolve, dismissal.signal);
      resolve(undefined);
      return undefined;
    };
    const locked = navigator.locks.request(leaderLock(request.storage), { ifAvailable: true }, elected);
    locked.catch((error: unknown) => {
      dismissal.abort();
      reject(error);
    });
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

    const dismissal = new AbortController();
    const elected = async () => {
      await following.end();
      await lead(request, outlook, joined, dismissal.signal);
    };
    following.seek().catch(fail);
    navigator.locks.request(leaderLock(storage), { signal: candidacy.signal }, elected).catch((error: unknown) => {
      if (candidacy.signal.aborted) return;
      dismissal.abort();
      fail(error);
    });
  });
}

/**
 * Leads, for as long as the promise is pending; the lock goes when it is not. When `dismissed` is aborted, somebody took
 * the lock away.
 */
async function lead(
  request: OpenRequest,
  outlook: Outlook,
  onOpen: (address: string) => void,
  dismissed: AbortSignal,
): Promise<void> {
  const term = new AbortController();
  try {
    const [host, self] = await Promise.all([Host.open(request), announced(request.storage, term.signal)]);
    const leading = new Leading(host, outlook.told);
    const reception = new Reception(request.storage, host, self, outlook.told);
    await new Promise<void>((resign) => {
      const end = async () => {
        reception.end();
        // If closing fails, the lock goes with the worker and not before.
        await leading.end();
        resign();
      };
      dismissed.addEventListener('abort', () => {
        // Another writes there by now: nothing here is to be trusted, or written, any more.
        reception.end();
        outlook.onFailure(takenAway(request.storage));
      });
      outlook.onUpstream({ ask: (asked) => leading.ask(asked), end });
      onOpen(host.unit.address);
    });
  } finally {
    term.abort();
  }
}

/** Holds the lock by which the others know who leads. */
async function announced(storage: string, term: AbortSignal): Promise<Participant> {
  const self = await Participant.make();
  await holdLock(partLock(storage, 'leads', self.key), term);
  return self;
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

function takenAway(storage: string): UnitError {
  return new UnitError('STORE_LOST', `another page took the lock of ${storage} away: reload this one`);
}
