import { decodeHex, encodeHex } from '../bytes.js';
import { UnitError } from '../error.js';
import { shared } from '../shared.js';
import { askWallet } from './refusal.js';
import { typedData } from './typed-data.js';
import type { Create, Signed, Signer } from '../signer.js';

/** An Ethereum wallet as EIP-1193 has it: `window.ethereum`, or what a library for wallets answers. */
export interface EthereumProvider {
  request(request: { method: string; params?: unknown[] }): Promise<unknown>;
}

export interface EthereumSignerOptions {
  /**
   * The signature type of ANS-104:
   * - 7, if left out: the wallet shows what it signs as typed data, and only its address is needed;
   * - 3: a personal message. The first one of a page needs a signature more, to learn the account's public key.
   */
  type?: 7 | 3 | undefined;
}

/** What is signed to learn a public key. It must be the same words for ever: they are what the user comes to know. */
const KEY_REQUEST = 'Signing this shows your public key to this page, which needs it to sign data items of ao.';

/** Public keys by account, for as long as the page lives. */
const publicKeys = new Map<string, Uint8Array>();

const accountOf = shared(async (provider: EthereumProvider) => {
  const accounts = await askWallet(() => provider.request({ method: 'eth_requestAccounts' }), true);
  const [account] = Array.isArray(accounts) ? (accounts as unknown[]) : [];
  if (typeof account === 'string') return account.toLowerCase();
  throw new UnitError('WALLET_FAILED', 'the Ethereum wallet named no account');
});

/** The account that signs, and its public key. */
const keyOf = shared(async (provider: EthereumProvider) => {
  const account = await accountOf(provider);
  const publicKey = publicKeys.get(account) ?? (await learnPublicKey(provider, account));
  publicKeys.set(account, publicKey);
  return { account, publicKey };
});

export function isEthereumProvider(wallet: unknown): wallet is EthereumProvider {
  return typeof (Object(wallet) as Partial<EthereumProvider>).request === 'function';
}

/**
 * Makes a signer from an Ethereum wallet. It signs as the account that the wallet names first, whichever that is when
 * it signs.
 *
 * @returns a signer. It rejects as one of `createDataItemSigner` does.
 *
 * @example
 * ```ts
 * const signer = createEthereumSigner(window.ethereum);
 * await message({ process, signer, data: 'hello' });
 * ```
 */
export function createEthereumSigner(provider: EthereumProvider, { type = 7 }: EthereumSignerOptions = {}): Signer {
  if (type !== 7 && type !== 3) {
    throw new RangeError(`an Ethereum wallet signs with type 7 or 3, not ${type as number}`);
  }
  return (create) => (type === 7 ? signTypedData(provider, create) : signMessage(provider, create));
}

async function signTypedData(provider: EthereumProvider, create: Create): Promise<Signed> {
  const account = await accountOf(provider);
  const hash = await create({ publicKey: new TextEncoder().encode(account), type: 7 });
  const params = [account, JSON.stringify(typedData(account, hash))];
  const signature = signatureOf(await askWallet(() => provider.request({ method: 'eth_signTypedData_v4', params })));
  return { signature, address: account };
}

async function signMessage(provider: EthereumProvider, create: Create): Promise<Signed> {
  const { account, publicKey } = await keyOf(provider);
  const hash = await create({ publicKey, type: 3 });
  return { signature: await personalSign(provider, account, hash), address: account };
}

async function learnPublicKey(provider: EthereumProvider, account: string): Promise<Uint8Array> {
  const text = new TextEncoder().encode(KEY_REQUEST);
  const signature = await personalSign(provider, account, text);
  const { itemWasm } = await import('../items/wasm.js');
  const { publicKey, address } = (await itemWasm()).recoverEthereumKey(text, signature);
  if (address.toLowerCase() === account) return publicKey;
  throw new UnitError('WALLET_FAILED', `the Ethereum wallet signed as ${address}, not as the account ${account}`);
}

async function personalSign(provider: EthereumProvider, account: string, bytes: Uint8Array): Promise<Uint8Array> {
  const params = [encodeHex(bytes), account];
  return signatureOf(await askWallet(() => provider.request({ method: 'personal_sign', params })));
}

function signatureOf(answer: unknown): Uint8Array<ArrayBuffer> {
  const signature = typeof answer === 'string' ? decodeHex(answer) : undefined;
  if (signature?.length !== 65) {
    // Accounts that are contracts answer something else; a data item has no room for it.
    throw new UnitError('WALLET_FAILED', `the Ethereum wallet answered ${answer}, which is no signature of 65 bytes`);
  }
  return signature;
}
