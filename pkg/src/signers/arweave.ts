import { asBytes } from '../bytes.js';
import { describe } from '../describe.js';
import { UnitError } from '../error.js';
import { itemId, outlineOf } from '../items/outline.js';
import { shared } from '../shared.js';
import { askWallet, failed, refused } from './refusal.js';
import type { Create, Signed, SignerFields } from '../signer.js';

/** The part of `window.arweaveWallet` that signing needs: Wander, Beacon, Othent, QuickWallet and others have it. */
export interface ArweaveWallet {
  /** Asks for permission. Some wallets answer no promise here, and some have no such method. */
  connect?(permissions: 'SIGN_TRANSACTION'[]): unknown;
  signDataItem(item: SignerFields): unknown;
}

/** What Beacon answers when its user declines: its word for it, read as base64url. */
const BEACON_DECLINED = atob('declined');

const connect = shared(async (wallet: ArweaveWallet) => {
  await askWallet(() => wallet.connect?.(['SIGN_TRANSACTION']));
});

export function isArweaveWallet(wallet: unknown): wallet is ArweaveWallet {
  return typeof (Object(wallet) as Partial<ArweaveWallet>).signDataItem === 'function';
}

/** The wallet builds and signs the item, and may change its tags on the way: what it answers is what counts. */
export async function signWithArweaveWallet(wallet: ArweaveWallet, create: Create): Promise<Signed> {
  // Before each signature: the user may have taken the permission back, and who still has it is not asked.
  await connect(wallet);
  // In this order, and no others: wallets check the keys.
  const { data, tags, target, anchor } = await create({ passthrough: true });
  const raw = bytesOf(await askWallet(() => wallet.signDataItem({ data, tags, target, anchor })));
  const item = outlineOf(raw);
  if (item) return { id: await itemId(item), raw };
  throw new UnitError('WALLET_FAILED', `the wallet answered ${raw.length} bytes that are no data item`);
}

function bytesOf(answer: unknown): Uint8Array {
  // A wallet that loses its connection may answer its error, or nothing.
  if (answer instanceof Error) throw failed(answer);
  const raw = asBytes(answer);
  if (!raw) throw new UnitError('WALLET_FAILED', `the wallet answered ${describe(answer)} instead of a data item`);
  if (raw.length === BEACON_DECLINED.length && String.fromCharCode(...raw) === BEACON_DECLINED) {
    throw refused('the wallet declined to sign');
  }
  return raw;
}
