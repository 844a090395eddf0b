import { UnitError } from '../error.js';

/**
 * How wallets say that their user would not: that a user did it, or the word alone, or that the window was closed.
 * Servers and chains reject, deny and cancel, too; what they say is no refusal.
 */
const REFUSALS = [
  /\buser (?:has )?(?:cancel|reject|den(?:y|ied)|declin|refus|disapprov)/i,
  /\b(?:cancel|reject|den(?:y|ied)|declin|refus|disapprov)\w* by (?:the )?user/i,
  /^(?:cancell?ed|rejected|denied|declined|refused|connection refused)[.!]?$/i,
  /\bpop-?up (?:window )?(?:was )?(?:cancell?ed|closed)/i,
];

/** EIP-1193's number for it, WalletConnect's, what ethers makes of them, and what Auth0 says. */
const REFUSAL_CODES: unknown[] = [4001, 5000, 'ACTION_REJECTED', 'cancelled'];

/**
 * Asks a wallet for something, and names what it throws: `WALLET_REFUSED` or `WALLET_FAILED`, in the wallet's own
 * words, with what it threw as the `cause`.
 */
export async function askWallet<T>(ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof UnitError) throw thrown;
    throw isRefusal(thrown) ? refused(thrown) : failed(thrown);
  }
}

/** The user said no. */
export function refused(thrown: unknown): UnitError {
  return new UnitError('WALLET_REFUSED', wordsOf(thrown) || 'the user refused', { cause: thrown });
}

/** The wallet failed. */
export function failed(thrown: unknown): UnitError {
  return new UnitError('WALLET_FAILED', wordsOf(thrown) || 'the wallet failed and gave no reason', { cause: thrown });
}

function isRefusal(thrown: unknown): boolean {
  const { code } = Object(thrown) as { code?: unknown };
  const words = wordsOf(thrown).trim();
  return REFUSAL_CODES.includes(code) || REFUSALS.some((refusal) => refusal.test(words));
}

/** Wallets throw errors, objects and plain text. */
function wordsOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  const { message } = Object(thrown) as { message?: unknown };
  return typeof message === 'string' ? message : '';
}
