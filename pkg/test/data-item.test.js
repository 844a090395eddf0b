import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readFile, readdir } from 'node:fs/promises';
import { createDataItemSigner } from '../build/signer.js';
import {
  createBundle,
  createDataItem,
  loadDataItems,
  parseBundle,
  parseDataItem,
  verifyDataItem,
} from '../build/data-item.js';
import { UnitError } from '../build/error.js';
import { outlineOf } from '../build/items/outline.js';
import { openUnit } from '../build/open.js';
import { createEthereumSigner } from '../build/signers/ethereum.js';
import { generateWallet } from '../build/wallet.js';
import { filler } from '../../tests/vectors/filler.mjs';

const vectors = JSON.parse(await readFile(new URL('../../tests/vectors/data-items.json', import.meta.url), 'utf8'));
const bytesOf = (text, length = 0) => Uint8Array.from(Buffer.concat([Buffer.from(text, 'base64url'), filler(length)]));
const target = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
const anchor = '0123456789abcdef0123456789abcdef';
const signer = createDataItemSigner(await generateWallet({ keep: false }));

test('what arbundles made is read as it was meant, and verifies', async () => {
  for (const vector of vectors.items) {
    const raw = bytesOf(vector.bytes, vector.filler);
    const item = await parseDataItem(raw);
    const { owner, address } = vectors.owners[vector.signatureType];
    assert.deepEqual(
      { ...item, signature: undefined },
      {
        id: vector.id,
        signatureType: vector.signatureType,
        signature: undefined,
        owner: bytesOf(owner),
        address,
        target: vector.target ?? undefined,
        anchor: vector.anchor === null ? undefined : bytesOf(vector.anchor),
        tags: vector.tags,
        data: bytesOf(vector.data, vector.filler),
        raw,
      },
      vector.name,
    );
    assert.equal(await verifyDataItem(raw), true, vector.name);
  }
});

test('an item with any part changed does not verify', async () => {
  const { raw } = await createDataItem({ data: 'hello', tags: [{ name: 'A', value: 'b' }], target, anchor }, signer);
  for (let at = 0; at < raw.length; at += 7) {
    const changed = raw.slice();
    changed[at] ^= 1;
    assert.equal(await verifyDataItem(changed), false, `byte ${at}`);
  }
  assert.equal(await verifyDataItem(raw), true);
  assert.equal(await verifyDataItem(raw.slice(0, -1)), false);
});

test('an item says what it was made of', async () => {
  const tags = [{ name: 'Größe', value: '🧵' }, { name: 'twice', value: '' }, { name: 'twice', value: 'x' }];
  for (const data of ['größer', new Uint8Array([0, 255]), new Uint16Array([1, 2]).buffer]) {
    const { id, raw } = await createDataItem({ data, tags, target, anchor }, signer);
    const item = await parseDataItem(raw);
    const expected = typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data);
    assert.deepEqual([item.id, item.tags, item.target, item.data], [id, tags, target, expected]);
    assert.equal(new TextDecoder().decode(item.anchor), anchor);
  }
});

test('an item may say nothing at all, and is not the same when it says so again', async () => {
  const [one, other] = [await createDataItem({}, signer), await createDataItem({}, signer)];
  assert.notEqual(one.id, other.id);
  const { data, tags, target } = await parseDataItem(one.raw);
  assert.deepEqual([data.length, tags, target], [0, [], undefined]);
});

test('what a signer throws is an error, whatever it was', async () => {
  const throwing = (thrown) => createDataItem({}, () => Promise.reject(thrown));
  await assert.rejects(throwing(undefined), { name: 'Error', message: 'An error occurred' });
  await assert.rejects(throwing({ code: 4001, message: 'no' }), { message: 'no', code: 4001 });
  const own = new RangeError('mine');
  await assert.rejects(throwing(own), (error) => error === own);
});

test('without a signer, the page’s own wallet signs', async () => {
  const { raw } = await createDataItem({ data: 'hello' });
  assert.equal(await verifyDataItem(raw), true);
});

test('the bytes that are read are left as they are, whatever window they are of', async () => {
  const { raw } = await createDataItem({ data: 'hello' }, signer);
  const around = new Uint8Array([1, ...raw, 1]);
  const view = around.subarray(1, -1);
  assert.equal(await verifyDataItem(view), true);
  const item = await parseDataItem(view);
  assert.notEqual(item.raw.buffer, around.buffer);
  const buffer = Buffer.from(raw);
  assert.notEqual((await parseDataItem(buffer)).raw.buffer, buffer.buffer);
  assert.equal(await verifyDataItem(raw.buffer), true);
  assert.equal(around.length, raw.length + 2);
});

test('fields that no item can hold are refused by name', async () => {
  for (const [fields, code, message] of [
    [{ anchor: 'short' }, 'ITEM_INVALID', 'an anchor is 32 bytes long, not 5'],
    [{ target: 'nobody' }, 'ITEM_INVALID', /`nobody` is not an id/],
    [{ tags: [{ name: '', value: 'x' }] }, 'ITEM_INVALID', /name of tag 0 .*is empty/],
    [{ tags: Array(129).fill({ name: 'n', value: 'v' }) }, 'ITEM_INVALID', /129 tags .*more than 128/],
    [{ tags: [{ name: 'n', value: 'v'.repeat(5000) }] }, 'ITEM_INVALID', /more than 4096/],
    [{ tags: [{ name: 'n', value: 1 }] }, 'ARGUMENT_INVALID', "Invalid Arguments 'value': Expected string, received number."],
    [{ tags: [null] }, 'ARGUMENT_INVALID', "Invalid Arguments 'name': Required. | Invalid Arguments 'value': Required."],
    [{ tags: null }, 'ITEM_INVALID', 'the tags are null, not a list'],
    [{ tags: 'x' }, 'ITEM_INVALID', "the tags are 'x', not a list"],
    [{ target: 5 }, 'ARGUMENT_INVALID', "Invalid Arguments 'target': Expected string, received number."],
  ]) {
    await assert.rejects(createDataItem(fields, signer), (error) => {
      assert.equal(error.code, code);
      assert.match(error.message, message instanceof RegExp ? message : new RegExp(`^${message.replace(/[.*()|]/g, '\\$&')}$`));
      return true;
    });
  }
  await assert.rejects(createDataItem({}, 'wallet'), { message: "'undefined': Expected function, received string." });
});

test('data that is neither text nor bytes is refused, and not signed as nothing', async () => {
  for (const [data, kind] of [
    [5, '5'],
    [true, 'true'],
    [{ a: 1 }, 'an Object'],
    [new Date(0), 'a Date'],
    [new Blob(['hi']), 'a Blob'],
    [['a'], 'an array of 1'],
    [[256], 'an array of 1'],
    [Symbol('x'), 'Symbol(x)'],
    [5n, '5n'],
  ]) {
    await assert.rejects(createDataItem({ data }, signer), (error) => {
      assert.ok(error instanceof UnitError);
      assert.equal(error.code, 'DATA_INVALID');
      assert.ok(error.message.startsWith(`the data is ${kind}, but text, an ArrayBuffer or a view of one`), error.message);
      return true;
    });
  }
  const { raw } = await createDataItem({ data: null }, signer);
  assert.equal((await parseDataItem(raw)).data.length, 0);
});

test('bytes that are shared are signed as they were', async () => {
  const shared = new Uint8Array(new SharedArrayBuffer(2));
  shared.set([104, 105]);
  for (const data of [shared, shared.buffer, new DataView(shared.buffer), Buffer.from(shared.buffer)]) {
    const { raw } = await createDataItem({ data }, signer);
    assert.deepEqual((await parseDataItem(raw)).data, new Uint8Array([104, 105]));
  }
});

test('a signature that does not verify makes no item', async () => {
  const wallet = await generateWallet({ keep: false });
  const publicKey = wallet.publicKey;
  const { raw } = await createDataItem({ data: 'x' }, signer);
  const changed = raw.slice();
  changed[2] ^= 1;
  for (const wrong of [
    async (create) => (await create({ publicKey, type: 2 }), { signature: new Uint8Array(64) }),
    async (create) => ({ signature: (await wallet.sign(await create({ publicKey, type: 2 }))).reverse() }),
    async () => ({ id: 'x', raw: changed }),
  ]) {
    await assert.rejects(createDataItem({ data: 'x' }, wrong), {
      name: 'UnitError',
      code: 'SIGNATURE_INVALID',
      message: /^the signature that the signer made for data item [\w-]{43} is none: /,
    });
  }
  await assert.rejects(createDataItem({ data: 'x', target }, async () => ({ id: 'x', raw })), {
    code: 'SIGNER_ANSWERED_OTHER',
  });
});

test('a unit says who signed an item, once it has verified that', async (t) => {
  const unit = await openUnit({ storage: 'memory://identify' });
  t.after(() => unit.close());
  const wallet = await generateWallet({ keep: false });
  const { id, raw } = await createDataItem({ data: 'x' }, createDataItemSigner(wallet));
  assert.deepEqual(await unit.ask('identify', raw.slice()), { id, owner: wallet.address });
  const changed = raw.slice();
  changed[changed.length - 1] ^= 1;
  await assert.rejects(unit.ask('identify', changed), { name: 'UnitError', code: 'SIGNATURE_INVALID', message: /data item [\w-]{43}/ });
  await assert.rejects(unit.ask('identify', raw.slice(0, 50)), { name: 'UnitError', code: 'ITEM_INVALID', message: /byte/ });
});

test('whatever goes wrong, the error is a UnitError', async () => {
  const provider = {
    request: async ({ method }) =>
      method === 'eth_requestAccounts' ? [`0x${'1'.repeat(40)}`] : `0x${'11'.repeat(65)}`,
  };
  const invalid = [undefined, null, 'abc', 5, {}, Symbol('x')];
  const calls = [
    ...[new Uint8Array(2), ...invalid].map((bytes) => ['ITEM_INVALID', () => parseDataItem(bytes)]),
    ...invalid.map((bytes) => ['ITEM_INVALID', () => verifyDataItem(bytes)]),
    ...[new Uint8Array(1), ...invalid].map((bytes) => ['ITEM_INVALID', () => parseBundle(bytes)]),
    ...[undefined, null, 5, {}, [5], [null], [{ raw: 'x' }], [new Uint8Array(1)]].map((items) => [
      'ITEM_INVALID',
      () => createBundle(items),
    ]),
    ['ITEM_INVALID', () => createDataItem({ target: 'x' }, signer)],
    ['ITEM_INVALID', () => createDataItem({}, async () => ({ id: 'x', raw: new Uint8Array(2) }))],
    ['KEY_INVALID', () => createDataItem({}, createEthereumSigner(provider, { type: 3 }))],
  ];
  for (const [code, call] of calls) {
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof UnitError, `${call}: ${error}`);
      assert.equal(error.code, code, `${call}: ${error.message}`);
      return true;
    });
  }
});

test('what the page reads of an item is what the unit reads', async () => {
  const corpus = new URL('../../crate/data-item/fuzz/corpus/item/', import.meta.url);
  const samples = await Promise.all((await readdir(corpus)).map((name) => readFile(new URL(name, corpus))));
  let read = 0;
  for (const bytes of [...samples, ...vectors.items.map(({ bytes }) => bytesOf(bytes))]) {
    const item = await parseDataItem(bytes).catch(() => undefined);
    // What the unit refuses, the page need not refuse; what it takes, the page must have understood.
    if (!item) continue;
    const { signature, target, tags } = outlineOf(bytes);
    assert.deepEqual([Buffer.from(signature), target, tags], [Buffer.from(item.signature), item.target, item.tags]);
    read += 1;
  }
  assert.ok(read > vectors.items.length);
});

test('bytes that are no item are refused with the byte where they go wrong', async () => {
  const { raw } = await createDataItem({ data: 'hello' }, signer);
  for (const [bytes, message] of [
    [new Uint8Array(), /signature type at byte 0/],
    [new Uint8Array([9, 0, 0]), /signature type 9 at byte 0 is unknown/],
    [raw.slice(0, 50), /signature at byte 2: 64 bytes are needed/],
  ]) {
    await assert.rejects(parseDataItem(bytes), { name: 'UnitError', code: 'ITEM_INVALID', message });
    assert.equal(await verifyDataItem(bytes), false);
  }
});

test('a bundle holds items of every type, in their order', async () => {
  const raws = vectors.items.filter(({ filler }) => !filler).map(({ bytes }) => bytesOf(bytes));
  const made = await createDataItem({ data: 'hello' }, signer);
  const bundle = await createBundle([...raws, made]);
  const items = await parseBundle(bundle);
  assert.deepEqual(items.map(({ raw }) => raw), [...raws, made.raw]);
  assert.equal(items.at(-1).id, made.id);
  for (const { raw } of items) assert.equal(await verifyDataItem(raw), true);
  assert.deepEqual(await parseBundle(await createBundle([])), []);
});

test('what is wrong with a bundle is named', async () => {
  const { raw } = await createDataItem({ data: 'hello' }, signer);
  const bundle = await createBundle([raw, raw]);
  const half = raw.slice(0, 9);
  await assert.rejects(createBundle([raw, half]), { code: 'ITEM_INVALID', message: /^item 1: signature at byte 2/ });
  await assert.rejects(parseBundle(bundle.slice(0, 40)), { code: 'ITEM_INVALID', message: /byte/ });
  await assert.rejects(parseBundle(new Uint8Array([...bundle, 0])), { code: 'ITEM_INVALID', message: /left over/ });
  const changed = bundle.slice();
  changed[64] ^= 1;
  await assert.rejects(parseBundle(changed), { code: 'ITEM_INVALID', message: /item 0 of the bundle/ });
});

test('WebAssembly that is not the package’s is unavailable', async () => {
  const script = `
    const { loadDataItems, UnitError } = await import(${JSON.stringify(new URL('../build/data-item.js', import.meta.url))});
    const machine = ${JSON.stringify(new URL('../build/wasm/machine.wasm', import.meta.url))};
    for (const wasm of [Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0), machine, Uint8Array.of(1)]) {
      const error = await loadDataItems({ wasm }).catch((error) => error);
      console.log(error instanceof UnitError, error.code);
    }
    await loadDataItems();`;
  // A process of its own: what is loaded here stays.
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  assert.equal(stdout, 'true WASM_UNAVAILABLE\n'.repeat(3));
});

test('loading it again changes nothing', async () => {
  await loadDataItems();
  await loadDataItems({ wasm: '/nowhere/unit_bg.wasm' });
  assert.equal(await verifyDataItem(new Uint8Array()), false);
});

test('the curve of Ethereum is loaded by the first item that needs it, and asked for again if it was not there', async () => {
  const ethereum = vectors.items.filter(({ signatureType, filler }) => !filler && [3, 7].includes(signatureType));
  assert.ok(ethereum.length > 1);
  const wasm = new URL('../build/wasm/secp256k1.wasm', import.meta.url);
  for (const { bytes } of ethereum) {
    await loadDataItems({ secp256k1: '/nowhere/secp256k1.wasm' });
    const lacking = { code: 'UNSUPPORTED', message: /\(ethereum\) cannot be verified here: cannot load \/nowhere\// };
    await assert.rejects(verifyDataItem(bytesOf(bytes)), lacking);
    await loadDataItems({ secp256k1: wasm });
    assert.equal(await verifyDataItem(bytesOf(bytes)), true);
  }
});
