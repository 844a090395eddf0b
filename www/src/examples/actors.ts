import { generateWallet, listWallets, type Wallet } from 'ao-unit/wallet';
import { introduce, lookAtWallets } from '../unit/people.ts';
import { identityOf, signing, type Identity } from '../unit/signing.ts';
import { received } from './examples.ts';

/**
 * Who plays a part of an example: the owner of the process, or a wallet of that name, which is made at first need. What
 * came with a link has wallets of its own, which are gone with the page: a stranger names nobody's wallet.
 */
export async function actor(name: string, owner: string): Promise<Identity> {
  if (name === 'owner') return ownerOf(owner);
  if (received.value) return identityOf(await passing(name));
  const known = (await listWallets()).find((wallet) => wallet.name === name);
  return identityOf(known ?? (await made(name)));
}

const guests = new Map<string, Promise<Wallet>>();

/** A wallet that is kept nowhere. */
function passing(name: string): Promise<Wallet> {
  const pending = guests.get(name) ?? generateWallet({ name, keep: false });
  guests.set(name, pending);
  void pending.then(({ address }) => introduce(address, name));
  return pending;
}

const making = new Map<string, Promise<Wallet>>();

/** Steps that are sent at once ask for one wallet, not for one each. */
function made(name: string): Promise<Wallet> {
  const pending = making.get(name) ?? makeWallet(name).finally(() => making.delete(name));
  making.set(name, pending);
  return pending;
}

async function makeWallet(name: string): Promise<Wallet> {
  const wallet = await generateWallet({ name });
  await lookAtWallets();
  return wallet;
}

async function ownerOf(address: string): Promise<Identity> {
  const present = await signing();
  if (present.address === address) return present;
  const own = (await listWallets()).find((wallet) => wallet.address === address);
  if (own) return identityOf(own);
  throw new Error(`the owner of this process is ${address}: choose that wallet above, or run it in a new process`);
}
