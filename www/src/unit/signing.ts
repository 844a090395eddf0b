import { computed, signal } from '@preact/signals';
import { createDataItemSigner, type Signer } from 'ao-unit';
import { pageWallet } from 'ao-unit/wallet';

/** Someone who can sign: a wallet of the page's own, or one of the browser. */
export interface Identity {
  readonly address: string;
  /** What a person calls it. */
  readonly name: string;
  readonly signer: Signer;
}

/** Whom the next message is signed by; `undefined` until the page's own wallet has been read. */
export const identity = signal<Identity | undefined>(undefined);

/** Their address. */
export const address = computed(() => identity.value?.address);

/** Who signs now: the one that was chosen, or the page's own wallet, which is made at first need. */
export async function signing(): Promise<Identity> {
  if (identity.value) return identity.value;
  const wallet = await pageWallet();
  identity.value ??= { address: wallet.address, name: 'This page', signer: createDataItemSigner(wallet) };
  return identity.value;
}
