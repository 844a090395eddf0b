// Wallets of the page's own, as they are kept.

import { openUnit } from '/pkg/unit.js';
import {
  exportWallet,
  generateWallet,
  importWallet,
  listWallets,
  pageWallet,
  removeWallet,
  renameWallet,
} from '/pkg/wallet.js';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
const ED25519 = { name: 'Ed25519' };

const durabilities = [];

/** Notes from now on how durable each transaction that writes is to be. */
export function watchTransactions() {
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...args) {
    const made = transaction.apply(this, args);
    if (made.mode === 'readwrite') durabilities.push(made.durability);
    return made;
  };
}

export function watched() {
  return durabilities;
}

/** One wallet of each kind, kept. */
export async function make() {
  const made = [
    await generateWallet({ name: 'first' }),
    await generateWallet({ type: 'arweave', name: 'second', extractable: true }),
    await generateWallet({ name: 'passing', keep: false }),
  ];
  return made.map(plain);
}

export async function list() {
  return (await listWallets()).map(plain);
}

/** Whether each wallet that is kept signs what its public key verifies. */
export async function signAll() {
  const bytes = crypto.getRandomValues(new Uint8Array(48));
  const verdicts = [];
  for (const { type, publicKey, sign } of await listWallets()) {
    const signature = await sign(bytes);
    if (type === 'ed25519') {
      const key = await crypto.subtle.importKey('raw', publicKey, ED25519, false, ['verify']);
      verdicts.push(await crypto.subtle.verify(ED25519, key, signature, bytes));
    } else {
      const n = btoa(String.fromCharCode(...publicKey)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      const algorithm = { name: 'RSA-PSS', hash: 'SHA-256' };
      const key = await crypto.subtle.importKey('jwk', { kty: 'RSA', n, e: 'AQAB' }, algorithm, false, ['verify']);
      verdicts.push(await crypto.subtle.verify({ name: 'RSA-PSS', saltLength: 32 }, key, signature, bytes));
    }
  }
  return verdicts;
}

/** What it comes to when a script goes for the keys in the database itself. */
export async function steal() {
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open('ao-unit-wallets');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const kept = await new Promise((resolve) => {
    const request = database.transaction('wallets').objectStore('wallets').getAll();
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  const outcomes = {};
  for (const { name, privateKey } of kept) {
    for (const format of ['jwk', 'pkcs8']) {
      outcomes[`${name} as ${format}`] = await crypto.subtle.exportKey(format, privateKey).then(
        () => 'exported',
        (error) => error.name,
      );
    }
  }
  return outcomes;
}

export async function exportNamed(name) {
  const wallet = (await listWallets()).find((wallet) => wallet.name === name);
  return exportWallet(wallet).then(
    (jwk) => ({ jwk }),
    ({ code, message }) => ({ code, message }),
  );
}

export async function rename(from, to) {
  await renameWallet((await listWallets()).find(({ name }) => name === from), to);
}

export async function remove(name) {
  await removeWallet((await listWallets()).find((wallet) => wallet.name === name).address);
}

export async function takeIn(jwk, name) {
  return plain(await importWallet(jwk, { name }));
}

export async function own() {
  return plain(await pageWallet());
}

/** The first lines that somebody writes, without a word of wallets. */
export async function firstLines() {
  const unit = await openUnit();
  const process = await unit.spawn({ module: MODULE, tags: [{ name: 'On-Boot', value: 'Data' }], data: 'Greeting = "hello"' });
  const id = await unit.message({ process, tags: [{ name: 'Action', value: 'Eval' }], data: 'return Greeting .. " " .. Owner' });
  return (await unit.result({ process, message: id })).Output.data;
}

/** What a page without storage is told. */
export async function withoutStorage() {
  const outcome = (call) => call.then(({ address }) => address.length, ({ code }) => code);
  return [await outcome(pageWallet()), await outcome(generateWallet()), await outcome(generateWallet({ keep: false }))];
}

function plain({ publicKey, sign, ...rest }) {
  return rest;
}
