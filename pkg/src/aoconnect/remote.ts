import { UnitError } from '../error.js';
import { createDataItemSigner } from '../signer.js';
import { waiting } from '../waiting.js';
import { coded } from './thrown.js';
import type { Connection } from './connection.js';
import type { SigningWallet, Signer } from '../signer.js';
import type { WaitOptions } from '../waiting.js';

/** What `@permaweb/aoconnect` exports, as far as it is called here. */
interface Aoconnect {
  connect(options: object): Record<string, (options: unknown) => unknown>;
  createSigner(wallet: unknown): (create: unknown, kind: string) => Promise<unknown>;
}

/** Answers the real aoconnect: it is loaded at the first call. */
export type LoadAoconnect = () => Promise<Aoconnect>;

/** The calls of a connection to nodes of the network, as aoconnect has them in its mode `'mainnet'`. */
export interface MainnetConnection {
  MODE: 'mainnet';
  spawn(options: object): Promise<string>;
  /** Resolves to a place, a number; by `returnMessageId` to an id. */
  message(options: object): Promise<unknown>;
  result(options: object): Promise<unknown>;
  results(options: object): Promise<unknown>;
  dryrun(options: object): Promise<unknown>;
  request(options: object): Promise<Response>;
  createSigner(wallet: SigningWallet): Signer;
  createDataItemSigner(wallet: SigningWallet): Signer;
  getMessages: Connection['getMessages'];
  getLastSlot: Connection['getLastSlot'];
  getMessageById: Connection['getMessageById'];
}

/** The calls that each mode has, and those that both have. */
const CALLS = {
  legacy: ['monitor', 'unmonitor', 'assign', 'signMessage', 'sendSignedMessage'],
  mainnet: ['request'],
};
const OF_BOTH = ['result', 'results', 'message', 'spawn', 'dryrun', 'getMessages', 'getLastSlot', 'getMessageById'];

const WAITING = new Set([...OF_BOTH, ...CALLS.legacy]);
const SIGNING = new Set(['message', 'spawn', 'monitor', 'unmonitor', 'signMessage']);

/** A connection of the real aoconnect, which is loaded by its first call. */
export function remoteConnection(
  mode: 'legacy' | 'mainnet',
  options: { signer?: unknown },
  load: LoadAoconnect,
): Connection | MainnetConnection {
  let connecting: Promise<ReturnType<Aoconnect['connect']>> | undefined;
  const connected = () => {
    connecting ??= load().then(({ connect }) => connect(options));
    // What could not be loaded is tried again.
    return connecting.catch((error: unknown) => {
      connecting = undefined;
      throw error;
    });
  };
  // aoconnect gives its calls no signer in this mode, whatever it was given.
  const own = mode === 'legacy' ? options.signer : undefined;
  const call = (name: string) => async (given: unknown) => {
    const { wait, rest } = WAITING.has(name) ? apart(given) : { wait: {}, rest: given };
    const asked = own && SIGNING.has(name) ? signedBy(own, rest) : rest;
    return waiting(wait, async () => (await connected())[name]?.(asked)).catch((thrown: unknown) => {
      throw coded(thrown, 'REMOTE_FAILED');
    });
  };
  const calls = Object.fromEntries([...OF_BOTH, ...CALLS[mode]].map((name) => [name, call(name)]));
  const makers = mode === 'legacy' ? ['createDataItemSigner'] : ['createSigner', 'createDataItemSigner'];
  // A signer that `connect` was given is the one that is used, whichever is asked for.
  const given = mode === 'mainnet' ? options.signer : undefined;
  const make = given ? () => given : (wallet: SigningWallet) => signerFor(wallet, load);
  return { MODE: mode, ...calls, ...Object.fromEntries(makers.map((name) => [name, make])) } as never;
}

/** What aoconnect is asked, and how long that is waited for, which is none of its arguments. */
function apart(given: unknown): { wait: WaitOptions; rest: unknown } {
  // Whatever is no object is for aoconnect to refuse.
  if (typeof given !== 'object' || given === null) return { wait: {}, rest: given };
  const { timeout, signal, ...rest } = given as WaitOptions;
  return { wait: { timeout, signal }, rest };
}

function signedBy(own: unknown, given: unknown): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const { signer } = given as { signer?: unknown };
  return { ...given, signer: signer || own };
}

/** Our signer, which serves the network as well; what it does not sign, requests by HTTP, aoconnect's own signs. */
function signerFor(wallet: SigningWallet, load: LoadAoconnect): Signer {
  const ours = createDataItemSigner(wallet);
  return async (create, kind) => {
    if (kind === 'ans104' || typeof wallet === 'function') return ours(create, kind);
    return (await load()).createSigner(wallet)(create, kind) as never;
  };
}

/**
 * The real aoconnect.
 *
 * @throws {@link UnitError} `REMOTE_UNAVAILABLE` where it is not installed.
 */
export async function loadAoconnect(): Promise<Aoconnect> {
  try {
    // Literally so: bundlers look for this expression.
    return (await import('@permaweb/aoconnect')) as unknown as Aoconnect;
  } catch (cause) {
    const remedy = 'npm install @permaweb/aoconnect, which is what speaks to the network';
    throw new UnitError('REMOTE_UNAVAILABLE', `@permaweb/aoconnect could not be loaded: ${remedy}`, { cause });
  }
}
