import { createDataItemSigner } from 'ao-unit';
import { createEthereumSigner, type EthereumProvider } from 'ao-unit/wallet';
import { identity, signOff, signWith, type Identity } from '../unit/signing.ts';

/** The part of a wallet extension for Arweave that is needed to sign. */
type ArweaveExtension = Parameters<typeof createDataItemSigner>[0] & {
  connect(permissions: string[]): Promise<void>;
  getActiveAddress(): Promise<string>;
};

declare global {
  interface Window {
    arweaveWallet?: ArweaveExtension;
    ethereum?: EthereumProvider & { on?(event: 'accountsChanged', listener: (accounts: string[]) => void): void };
  }
}

/** A wallet that the browser has beside the page. */
export interface BrowserWallet {
  readonly kind: Identity['kind'];
  readonly title: string;
  /** Asks the user, in the wallet's own window. */
  connect(): Promise<Identity>;
}

/** The wallets that are there now: extensions come a moment after the page. */
export function browserWallets(): BrowserWallet[] {
  const { arweaveWallet, ethereum } = window;
  return [
    ...(arweaveWallet ? [{ kind: 'arweave' as const, title: 'Arweave wallet', connect: () => arweaveIdentity(arweaveWallet) }] : []),
    ...(ethereum ? [{ kind: 'ethereum' as const, title: 'Ethereum wallet', connect: () => ethereumIdentity(ethereum) }] : []),
  ];
}

async function arweaveIdentity(wallet: ArweaveExtension): Promise<Identity> {
  await wallet.connect(['ACCESS_ADDRESS', 'ACCESS_PUBLIC_KEY', 'SIGN_TRANSACTION', 'SIGNATURE']);
  const address = await wallet.getActiveAddress();
  return arweaveOf(wallet, address);
}

async function ethereumIdentity(provider: EthereumProvider): Promise<Identity> {
  const accounts = (await provider.request({ method: 'eth_requestAccounts' })) as string[];
  const [address] = accounts;
  if (address === undefined) throw new Error('the wallet gave no account: choose one there, and try again');
  return ethereumOf(provider, address);
}

function arweaveOf(wallet: ArweaveExtension, address: string): Identity {
  return { address, name: 'Arweave wallet', signer: createDataItemSigner(wallet), kind: 'arweave' };
}

function ethereumOf(provider: EthereumProvider, address: string): Identity {
  return { address, name: 'Ethereum wallet', signer: createEthereumSigner(provider), kind: 'ethereum' };
}

let followed: EthereumProvider | undefined;

/** Whoever is chosen in a wallet of the browser while it signs here is who signs from then on. */
export function followSwitches(): void {
  window.addEventListener('walletSwitch', arweaveSwitched);
  const { ethereum } = window;
  if (!ethereum?.on || followed === ethereum) return;
  followed = ethereum;
  ethereum.on('accountsChanged', ([address]) => switched('ethereum', address, (to) => ethereumOf(ethereum, to)));
}

function arweaveSwitched(event: Event): void {
  const { arweaveWallet } = window;
  const { detail } = event as CustomEvent<{ address?: string } | undefined>;
  if (arweaveWallet) switched('arweave', detail?.address, (to) => arweaveOf(arweaveWallet, to));
}

function switched(kind: Identity['kind'], address: string | undefined, by: (address: string) => Identity): void {
  if (identity.value?.kind !== kind) return;
  if (address) signWith(by(address));
  // Without storage there is no wallet of the page's own: whoever sends next is told.
  else void signOff().catch(() => undefined);
}
