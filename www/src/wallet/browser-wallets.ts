import { createDataItemSigner } from 'ao-unit';
import { createEthereumSigner, type EthereumProvider } from 'ao-unit/wallet';
import type { Identity } from '../unit/signing.ts';

/** The part of a wallet extension for Arweave that is needed to sign. */
type ArweaveExtension = Parameters<typeof createDataItemSigner>[0] & {
  connect(permissions: string[]): Promise<void>;
  getActiveAddress(): Promise<string>;
};

declare global {
  interface Window {
    arweaveWallet?: ArweaveExtension;
    ethereum?: EthereumProvider;
  }
}

/** A wallet that the browser has beside the page. */
export interface BrowserWallet {
  readonly title: string;
  /** Asks the user, in the wallet's own window. */
  connect(): Promise<Identity>;
}

/** The wallets that are there now: extensions come a moment after the page. */
export function browserWallets(): BrowserWallet[] {
  const { arweaveWallet, ethereum } = window;
  return [
    ...(arweaveWallet ? [{ title: 'Arweave wallet', connect: () => arweaveIdentity(arweaveWallet) }] : []),
    ...(ethereum ? [{ title: 'Ethereum wallet', connect: () => ethereumIdentity(ethereum) }] : []),
  ];
}

async function arweaveIdentity(wallet: ArweaveExtension): Promise<Identity> {
  await wallet.connect(['ACCESS_ADDRESS', 'ACCESS_PUBLIC_KEY', 'SIGN_TRANSACTION', 'SIGNATURE']);
  const address = await wallet.getActiveAddress();
  return { address, name: 'Arweave wallet', signer: createDataItemSigner(wallet) };
}

async function ethereumIdentity(provider: EthereumProvider): Promise<Identity> {
  const accounts = (await provider.request({ method: 'eth_requestAccounts' })) as string[];
  const [address] = accounts;
  if (address === undefined) throw new Error('the wallet gave no account: choose one there, and try again');
  return { address, name: 'Ethereum wallet', signer: createEthereumSigner(provider) };
}
