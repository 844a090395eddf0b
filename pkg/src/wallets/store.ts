import { answered, openDatabase, transact } from './database.js';
import type { KeyPair } from './key.js';

/** A wallet as it is kept. */
export interface StoredWallet extends KeyPair {
  address: string;
  name: string | null;
  /** When it was made or imported, in milliseconds since 1970. */
  created: number;
}

/** Where wallets are kept. */
export interface WalletStore {
  /** All of them, the oldest first. */
  list(): Promise<StoredWallet[]>;
  get(address: string): Promise<StoredWallet | undefined>;
  /** Keeps a wallet. One of the same address is replaced. */
  put(wallet: StoredWallet): Promise<void>;
  /** Answers whether there was such a wallet. */
  rename(address: string, name: string | null): Promise<boolean>;
  /** Answers whether there was such a wallet. */
  remove(address: string): Promise<boolean>;
  /** The address of the page's own wallet, which need not be kept any more. */
  pageAddress(): Promise<string | undefined>;
  /** The page's own wallet, if it has one. */
  pageWallet(): Promise<StoredWallet | undefined>;
  /** Keeps `made` as the page's own wallet, unless there is one by now; answers which it is. */
  keepPageWallet(made: StoredWallet): Promise<StoredWallet>;
}

const DATABASE = 'ao-unit-wallets';
/** Wallets by their address. */
const WALLETS = 'wallets';
/** Which wallet is the page's own, under the key of that name. */
const ROLES = 'roles';
const PAGE = 'page';

let store: WalletStore | undefined;

/** IndexedDB, or memory where there is none, as in Node. */
export function walletStore(): WalletStore {
  store ??= typeof indexedDB === 'undefined' ? new MemoryWallets() : new IndexeddbWallets();
  return store;
}

class IndexeddbWallets implements WalletStore {
  #database: Promise<IDBDatabase> | undefined;

  async list() {
    const wallets = await this.#in('readonly', ({ wallets }) => answered<StoredWallet[]>(wallets.getAll()));
    return wallets.sort((one, other) => one.created - other.created);
  }

  get(address: string) {
    return this.#in('readonly', ({ wallets }) => find(wallets, address));
  }

  async put(wallet: StoredWallet) {
    await this.#in('readwrite', ({ wallets }) => answered(wallets.put(wallet)));
  }

  rename(address: string, name: string | null) {
    return this.#in('readwrite', async ({ wallets }) => {
      const wallet = await find(wallets, address);
      if (wallet) await answered(wallets.put({ ...wallet, name }));
      return wallet !== undefined;
    });
  }

  remove(address: string) {
    return this.#in('readwrite', async ({ wallets }) => {
      const wallet = await find(wallets, address);
      if (wallet) await answered(wallets.delete(address));
      return wallet !== undefined;
    });
  }

  pageAddress() {
    return this.#in('readonly', findPageAddress);
  }

  pageWallet() {
    return this.#in('readonly', findPageWallet);
  }

  keepPageWallet(made: StoredWallet) {
    // One transaction: of two tabs that come here at once, the second finds what the first kept.
    return this.#in('readwrite', async (stores) => {
      const earlier = await findPageWallet(stores);
      if (earlier) return earlier;
      await answered(stores.wallets.put(made));
      await answered(stores.roles.put(made.address, PAGE));
      return made;
    });
  }

  async #in<T>(mode: IDBTransactionMode, work: (stores: Stores) => Promise<T>): Promise<T> {
    const database = await this.#open();
    return transact(database, [WALLETS, ROLES], mode, (transaction) =>
      work({ wallets: transaction.objectStore(WALLETS), roles: transaction.objectStore(ROLES) }),
    );
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= this.#opened().catch((error: unknown) => {
      this.#database = undefined;
      throw error;
    });
    return this.#database;
  }

  async #opened(): Promise<IDBDatabase> {
    const database = await openDatabase(DATABASE, 1, (database) => {
      database.createObjectStore(WALLETS, { keyPath: 'address' });
      database.createObjectStore(ROLES);
    });
    const forget = () => (this.#database = undefined);
    database.onclose = forget;
    // A later version, or whoever deletes the database, does not have to wait for this page.
    database.onversionchange = () => {
      database.close();
      forget();
    };
    return database;
  }
}

interface Stores {
  wallets: IDBObjectStore;
  roles: IDBObjectStore;
}

function find(wallets: IDBObjectStore, address: string): Promise<StoredWallet | undefined> {
  return answered<StoredWallet | undefined>(wallets.get(address));
}

function findPageAddress({ roles }: Stores): Promise<string | undefined> {
  return answered<string | undefined>(roles.get(PAGE));
}

async function findPageWallet(stores: Stores): Promise<StoredWallet | undefined> {
  const address = await findPageAddress(stores);
  return address === undefined ? undefined : find(stores.wallets, address);
}

class MemoryWallets implements WalletStore {
  readonly #wallets = new Map<string, StoredWallet>();
  #page: string | undefined;

  async list() {
    return [...this.#wallets.values()];
  }

  async get(address: string) {
    return this.#wallets.get(address);
  }

  async put(wallet: StoredWallet) {
    this.#wallets.set(wallet.address, wallet);
  }

  async rename(address: string, name: string | null) {
    const wallet = this.#wallets.get(address);
    if (wallet) this.#wallets.set(address, { ...wallet, name });
    return wallet !== undefined;
  }

  async remove(address: string) {
    return this.#wallets.delete(address);
  }

  async pageAddress() {
    return this.#page;
  }

  async pageWallet() {
    return this.#page === undefined ? undefined : this.#wallets.get(this.#page);
  }

  async keepPageWallet(made: StoredWallet) {
    const earlier = await this.pageWallet();
    if (earlier) return earlier;
    await this.put(made);
    this.#page = made.address;
    return made;
  }
}
