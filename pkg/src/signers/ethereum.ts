import { decodeHex, encodeHex } from '../bytes.js';
import { describe } from '../describe.js';
import { UnitError } from '../error.js';
import { shared } from '../shared.js';
import { sealerOf, type RecoveredKey } from '../sign.js';
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
   * - 3: a personal message, as dApps with wagmi sign. The first one of a page needs a signature more, to learn the
   *   account's public key.
   *
   * Either way the account has the same address, with the capitals of EIP-55: what it owns by one it owns by the other.
   */
  type?: 7 | 3 | undefined;
}

/** What is signed to learn a public key. It must be the same words for ever: they are what the user comes to know. */
const KEY_REQUEST = 'Signing this shows your public key to this page, which needs it to sign data items of ao.';

/** Public keys by account, for as long as the page lives. */
const publicKeys = new Map<string, Uint8Array>();

const accountOf = shared(async (provider: EthereumProvider) => {
  const accounts = await askWallet(() => provider.request({ method: 'eth_requestAccounts' }));
  const [account] = Array.isArray(accounts) ? (accounts as unknown[]) : [];
  if (account === undefined) throw new UnitError('WALLET_FAILED', 'the Ethereum wallet named no account');
  if (typeof account === 'string' && /^0x[0-9a-f]{40}$/i.test(account)) return account.toLowerCase();
  throw new UnitError('WALLET_FAILED', `the Ethereum wallet named ${describe(account)}, which is no account`);
});

/** The account that signs, and its public key. */
const keyOf = shared(async (provider: EthereumProvider, create: Create) => {
  const account = await accountOf(provider);
  const publicKey = publicKeys.get(account) ?? (await learnPublicKey(provider, account, create));
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
    throw new RangeError(`an Ethereum wallet signs with type 7 or 3, not ${describe(type)}`);
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
  const { account, publicKey } = await keyOf(provider, create);
  const hash = await create({ publicKey, type: 3 });
  return { signature: await personalSign(provider, account, hash), address: account };
}

async function learnPublicKey(provider: EthereumProvider, account: string, create: Create): Promise<Uint8Array> {
  const text = new TextEncoder().encode(KEY_REQUEST);
  const signature = await personalSign(provider, account, text);
  const { publicKey, address } = await recoverKey(create, text, signature);
  if (address.toLowerCase() === account) return publicKey;
  throw new UnitError('WALLET_FAILED', `the Ethereum wallet signed as ${address}, not as the account ${account}`);
}

/** Whoever lays the item out recovers the key as well; the page loads the wasm only where nobody does. */
async function recoverKey(create: Create, text: Uint8Array, signature: Uint8Array): Promise<RecoveredKey> {
  const sealer = sealerOf(create);
  if (sealer?.recoverEthereumKey) return sealer.recoverEthereumKey(text, signature);
  const { itemWasm } = await import('../items/wasm.js');
  return (await itemWasm()).recoverEthereumKey(text, signature);
}

async function personalSign(provider: EthereumProvider, account: string, bytes: Uint8Array): Promise<Uint8Array> {
  const params = [encodeHex(bytes), account];
  return signatureOf(await askWallet(() => provider.request({ method: 'personal_sign', params })));
}

function signatureOf(answer: unknown): Uint8Array<ArrayBuffer> {
  const signature = typeof answer === 'string' ? decodeHex(answer) : undefined;
  if (signature?.length !== 65) {
    // Accounts that are contracts answer something else; a data item has no room for it.
    throw new UnitError('WALLET_FAILED', `the Ethereum wallet answered ${describe(answer)}, which is no signature of 65 bytes`);
  }
  return signature;
}
