// What the database of a unit has in it, by object store.

/** So many values are read at once: not all of them fit into memory. */
const AT_ONCE = 64;

/**
 * The bytes of keys and values by object store, the checkpoints of each process, and what the browser says that all of
 * it takes.
 */
export async function sizes(name) {
  const database = await answer(indexedDB.open(name));
  try {
    const stores = {};
    for (const store of database.objectStoreNames) stores[store] = await bytesOf(database, store);
    const keys = await answer(database.transaction('checkpoints').objectStore('checkpoints').getAllKeys());
    const checkpoints = {};
    for (const key of keys) {
      const process = key.split('/')[0];
      checkpoints[process] = (checkpoints[process] ?? 0) + 1;
    }
    const { usage } = await navigator.storage.estimate();
    return { stores, checkpoints, usage };
  } finally {
    database.close();
  }
}

async function bytesOf(database, name) {
  let bytes = 0;
  let after;
  for (;;) {
    const store = database.transaction(name).objectStore(name);
    const range = after === undefined ? undefined : IDBKeyRange.lowerBound(after, true);
    const [keys, values] = await Promise.all([
      answer(store.getAllKeys(range, AT_ONCE)),
      answer(store.getAll(range, AT_ONCE)),
    ]);
    for (const key of keys) bytes += String(key).length;
    for (const value of values) bytes += value.byteLength ?? JSON.stringify(value).length;
    if (keys.length < AT_ONCE) return bytes;
    after = keys.at(-1);
  }
}

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
