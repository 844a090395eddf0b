import { UnitError } from '../error.js';

/**
 * Opens a database of IndexedDB.
 *
 * @param upgrade - makes its object stores, when it is new or of an older version.
 * @throws {@link UnitError} `STORE_UNAVAILABLE` where the browser gives no storage, `STORE_FAILED` when another tab
 *   holds an older version open.
 */
export function openDatabase(
  name: string,
  version: number,
  upgrade: (database: IDBDatabase) => void,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    let request: IDBOpenDBRequest;
    try {
      request = indexedDB.open(name, version);
    } catch (error) {
      // Frames without an origin of their own are refused at once.
      reject(unavailable(name, error));
      return;
    }
    request.onupgradeneeded = () => upgrade(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(unavailable(name, request.error));
    request.onblocked = () => {
      const remedy = 'close the other tabs of this page, or reload them';
      reject(new UnitError('STORE_FAILED', `${name} is held open by a tab with an older version: ${remedy}`));
    };
  });
}

/**
 * Does `work` in one transaction, and resolves to what it answers once that is durable: on the disk, so that not even
 * a power failure takes it back. Transactions that write to the same store come one after the other, those of other
 * tabs included.
 *
 * @param work - it may wait for requests of the transaction ({@link answered}), and for nothing else.
 * @throws {@link UnitError} `STORE_QUOTA`, `STORE_FAILED`. Nothing was written then.
 */
export async function transact<T>(
  database: IDBDatabase,
  stores: string[],
  mode: IDBTransactionMode,
  work: (transaction: IDBTransaction) => Promise<T>,
): Promise<T> {
  let transaction: IDBTransaction | undefined;
  try {
    transaction = database.transaction(stores, mode, { durability: 'strict' });
    const [value] = await Promise.all([work(transaction), completed(transaction)]);
    return value;
  } catch (error) {
    abort(transaction);
    throw storeError(database.name, error);
  }
}

/** The answer to a request. */
export function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'));
  });
}

/** What has ended already cannot be aborted, and need not be. */
function abort(transaction: IDBTransaction | undefined): void {
  try {
    transaction?.abort();
  } catch {
    // It has ended.
  }
}

function storeError(name: string, error: unknown): UnitError {
  if (error instanceof UnitError) return error;
  const { name: kind, message } = Object(error) as { name?: string; message?: string };
  const code = kind === 'QuotaExceededError' ? 'STORE_QUOTA' : 'STORE_FAILED';
  return new UnitError(code, `${name} could not be read or written: ${message || kind || error}`, { cause: error });
}

function unavailable(name: string, error: unknown): UnitError {
  const reason = (error instanceof Error && error.message) || 'the browser gave no reason';
  return new UnitError('STORE_UNAVAILABLE', `${name} could not be opened: ${reason}`, { cause: error });
}
