import { computed, signal } from '@preact/signals';
import { createDataItemSigner, type Signer } from 'ao-unit';
import { listWallets, pageWallet, type Wallet } from 'ao-unit/wallet';
import { kept } from '../app/kept.ts';

/** Someone who can sign: a wallet of the page's own, or one of the browser. */
export interface Identity {
  readonly address: string;
  /** What a person calls it. */
  readonly name: string;
  readonly signer: Signer;
  /** Where its key is. */
  readonly kind: 'page' | 'arweave' | 'ethereum';
}

/** Whom the next message is signed by; `undefined` until a wallet has been read. */
export const identity = signal<Identity | undefined>(undefined);

/** Their address. */
export const address = computed(() => identity.value?.address);

/** The address of the wallet of the page's own that was chosen last. A wallet of the browser asks anew in each visit. */
const chosen = kept<string | null>('signs', null);

/** Who signs now: the one that was chosen, or the page's own wallet, which is made at first need. */
export async function signing(): Promise<Identity> {
  if (identity.value) return identity.value;
  const listed = chosen.value === null ? [] : await listWallets();
  const wallet = listed.find((one) => one.address === chosen.value) ?? (await pageWallet());
  identity.value ??= identityOf(wallet);
  return identity.value;
}

/** Has a wallet of the page's own sign from now on. */
export function sign(wallet: Wallet): void {
  chosen.value = wallet.address;
  identity.value = identityOf(wallet);
}

/** Has a wallet of the browser sign, as long as the page is open. */
export function signWith(other: Identity): void {
  chosen.value = null;
  identity.value = other;
}

/** A wallet of the browser signs no more: the page's own does. */
export async function signOff(): Promise<void> {
  identity.value = undefined;
  await signing();
}

/** A wallet of the page's own, as someone who signs. */
export function identityOf(wallet: Wallet): Identity {
  return { address: wallet.address, name: walletName(wallet), signer: createDataItemSigner(wallet), kind: 'page' };
}

/** What a person calls a wallet. */
export function walletName({ name, isPageWallet, address }: Wallet): string {
  return name ?? (isPageWallet ? 'This page' : `${address.slice(0, 8)}…`);
}
