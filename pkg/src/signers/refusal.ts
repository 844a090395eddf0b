import { UnitError } from '../error.js';

/** How wallets say that their user would not. */
const REFUSAL = /cancel|reject|den(?:y|ied)|declin|refus/i;

/** EIP-1193's number for it, and what some libraries make of that. */
const REFUSAL_CODES: unknown[] = [4001, 'ACTION_REJECTED'];

/**
 * Asks a wallet for something, and names what it throws: `WALLET_REFUSED` or `WALLET_FAILED`, in the wallet's own
 * words, with what it threw as the `cause`.
 *
 * @param permission - whether it is permission that is asked for: not to give it is a refusal, whatever the words.
 */
export async function askWallet<T>(ask: () => T | Promise<T>, permission = false): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    if (thrown instanceof UnitError) throw thrown;
    throw permission || isRefusal(thrown) ? refused(thrown) : failed(thrown);
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
  return REFUSAL_CODES.includes(code) || REFUSAL.test(wordsOf(thrown));
}

/** Wallets throw errors, objects and plain text. */
function wordsOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  const { message } = Object(thrown) as { message?: unknown };
  return typeof message === 'string' ? message : '';
}
