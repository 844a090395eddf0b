import { createDataItemSigner, type Signer } from '../signer.js';
import { sha256, subtle } from '../subtle.js';
import { importWallet, type Wallet } from '../wallet.js';

/** Somebody in a test, who can sign. The same name is the same address, in every test and on every machine. */
export interface TestWallet {
  readonly name: string;
  readonly address: string;
  /** Signs for real, for code under test that wants a signer. */
  readonly signer: Signer;
}

/** What an Ed25519 private key begins with in PKCS #8 (RFC 8410 §7). */
const PKCS8_HEAD = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

const made = new Map<string, Promise<TestWallet>>();

/** The wallet of a name. Its key is the hash of the name: it is nobody's secret, and for tests alone. */
export function testWallet(name: string): Promise<TestWallet> {
  const known = made.get(name) ?? make(name);
  made.set(name, known);
  return known;
}

async function make(name: string): Promise<TestWallet> {
  const seed = await sha256(new TextEncoder().encode(`ao-unit test wallet ${name}`));
  const pkcs8 = Uint8Array.of(...PKCS8_HEAD, ...seed);
  const key = await subtle().importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const wallet: Wallet = await importWallet(await subtle().exportKey('jwk', key), { name, keep: false });
  return { name, address: wallet.address, signer: createDataItemSigner(wallet) };
}
