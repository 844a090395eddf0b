import { effect, signal } from '@preact/signals';
import { listWallets } from 'ao-unit/wallet';
import { nameOf, processes } from './processes.ts';
import { identity, walletName } from './signing.ts';

/** What the wallets of this page are called, by their addresses. */
const wallets = signal<ReadonlyMap<string, string>>(new Map());

/** The same of wallets that are kept nowhere. */
const passing = signal<ReadonlyMap<string, string>>(new Map());

/** What a person calls an address: a wallet of this page, a process of the unit, or its beginning. */
export function whois(address: string | undefined): string {
  if (!address) return 'nobody';
  const known = wallets.value.get(address) ?? passing.value.get(address) ?? (processes.value.some(({ id }) => id === address) ? nameOf(address) : undefined);
  return known ?? (address.length > 16 ? `${address.slice(0, 8)}…` : address);
}

/** Remembers the name of a wallet that is gone with the page. */
export function introduce(address: string, name: string): void {
  passing.value = new Map(passing.value).set(address, name);
}

/** Looks again at the wallets: after one was made, named or removed. */
export async function lookAtWallets(): Promise<void> {
  const listed = await listWallets();
  wallets.value = new Map(listed.map((wallet) => [wallet.address, walletName(wallet)]));
}

effect(() => {
  void identity.value;
  // Without storage there are no names, and nothing else is the matter.
  void lookAtWallets().catch(() => undefined);
});
