// Data items in a page.

import { createDataItem, createBundle, parseBundle, parseDataItem, verifyDataItem } from '/pkg/data-item.js';
import { createDataItemSigner } from '/pkg/index.js';
import { openUnit } from '/pkg/unit.js';
import { createEthereumSigner, generateWallet } from '/pkg/wallet.js';
import { filler } from './filler.js';
import { wallets } from './wallets.js';

const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const textOf = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** What is wrong with the vectors' items, by name; each is read, verified, changed and verified again. */
export async function checkVectors() {
  const { items } = await (await fetch('/vectors/data-items.json')).json();
  const wrong = [];
  for (const vector of items) {
    const head = bytesOf(vector.bytes);
    const raw = new Uint8Array(head.length + vector.filler);
    raw.set(head);
    raw.set(filler(vector.filler), head.length);
    const { id, signatureType } = await parseDataItem(raw);
    if (id !== vector.id || signatureType !== vector.signatureType) wrong.push(`${vector.name}: read as ${id}`);
    if (!(await verifyDataItem(raw))) wrong.push(`${vector.name}: does not verify`);
    for (const at of [2, 60, raw.length - 1]) {
      const changed = raw.slice();
      changed[at] ^= 1;
      if (await verifyDataItem(changed)) wrong.push(`${vector.name}: verifies with byte ${at} changed`);
    }
  }
  const small = items.filter(({ filler }) => !filler).map(({ bytes }) => bytesOf(bytes));
  const ids = (await parseBundle(await createBundle(small))).map(({ id }) => id);
  if (ids.join() !== items.filter(({ filler }) => !filler).map(({ id }) => id).join()) wrong.push('the bundle');
  return { checked: items.length, wrong };
}

/** Verifies one item between many that name owners who are none, and one after all of them at once. */
export async function amongStrangers() {
  const { items } = await (await fetch('/vectors/data-items.json')).json();
  const item = bytesOf(items.find(({ name }) => name === 'a message of ao').bytes);
  // The modulus follows 2 bytes of type and 512 of signature; some of these are no modulus at all.
  const owners = [0, 1, 2, 255].map((byte) => new Uint8Array(512).fill(byte));
  for (let i = 0; i < 40; i += 1) owners.push(crypto.getRandomValues(new Uint8Array(512)));
  const strangers = owners.map((owner) => {
    const stranger = item.slice();
    stranger.set(owner, 514);
    return stranger;
  });
  const verdicts = [];
  for (const stranger of strangers) verdicts.push(await verifyDataItem(stranger), await verifyDataItem(item));
  const atOnce = await Promise.all([...strangers, item, ...strangers, item].map((bytes) => verifyDataItem(bytes)));
  return { verdicts, atOnce };
}

/**
 * How items of Arweave are verified whose signature is written as itself plus the modulus: the equation of RSA holds for
 * it as well, and the id would be another.
 */
export async function respelt() {
  const { items } = await (await fetch('/vectors/data-items.json')).json();
  const number = (bytes) => BigInt(`0x${hexOf(bytes)}`);
  const verdicts = [];
  for (const { bytes, signatureType, filler } of items) {
    if (signatureType !== 1 || filler) continue;
    const raw = bytesOf(bytes);
    const sum = (number(raw.slice(2, 514)) + number(raw.slice(514, 1026))).toString(16);
    if (sum.length > 1024) continue;
    raw.set(sum.match(/../g).map((pair) => parseInt(pair, 16)), 2);
    verdicts.push(await verifyDataItem(raw));
  }
  return verdicts;
}

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** An Ed25519 key that signs as wallets of Solana do: the hash in hexadecimal. */
function solanaSigner({ publicKey, sign }) {
  return async (create) => {
    const hash = await create({ publicKey, type: 4 });
    return { signature: await sign(new TextEncoder().encode(hexOf(hash))) };
  };
}

/** Signers of every signature type, by its number. */
async function signersOfAllTypes() {
  const wallet = await generateWallet({ type: 'ed25519', keep: false });
  return {
    1: createDataItemSigner(await generateWallet({ type: 'arweave', keep: false })),
    2: createDataItemSigner(wallet),
    3: createEthereumSigner(wallets.ethereum(), { type: 3 }),
    4: solanaSigner(wallet),
    7: createEthereumSigner(wallets.ethereum()),
  };
}

/** Items of every signature type, as base64url. */
export async function make() {
  const items = [];
  for (const [type, signer] of Object.entries(await signersOfAllTypes())) {
    for (const [data, count] of [['', 0], ['Größe 🧵', 1], ['x', 128]]) {
      const tags = Array.from({ length: count }, (_, i) => ({ name: `Tag-${i}`, value: '织り手'.slice(0, i % 4) }));
      const { id, raw } = await createDataItem({ data, tags, target: 'x'.repeat(42) + 'w' }, signer);
      items.push({ type: Number(type), id, raw: textOf(raw) });
    }
  }
  return items;
}

/** What a page without WebCrypto is told, of a good item, of a unit that is to take it, and of a wallet. */
export async function withoutWebCrypto() {
  const { items } = await (await fetch('/vectors/data-items.json')).json();
  const item = (name) => bytesOf(items.find((item) => item.name === name).bytes);
  const outcome = (call) => call.then((value) => value, ({ code, message }) => ({ code, message }));
  const unit = await openUnit({ storage: 'memory://insecure' });
  return {
    isSecureContext,
    arweave: await outcome(verifyDataItem(item('a message of ao'))),
    ed25519: await outcome(verifyDataItem(item('a message by ed25519'))),
    accepted: await outcome(unit.accept(item('a message of ao'))),
    wallet: await outcome(generateWallet({ keep: false })),
  };
}
