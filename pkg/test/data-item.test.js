import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createDataItemSigner } from '../dist/signer.js';
import {
  createBundle,
  createDataItem,
  loadDataItems,
  parseBundle,
  parseDataItem,
  verifyDataItem,
} from '../dist/data-item.js';
import { generateWallet } from '../dist/wallet.js';
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
    [{ tags: [{ name: 'n', value: 1 }] }, undefined, "Invalid Arguments 'value': Expected string, received number."],
    [{ target: 5 }, undefined, "Invalid Arguments 'target': Expected string, received number."],
  ]) {
    await assert.rejects(createDataItem(fields, signer), (error) => {
      assert.equal(error.code, code);
      assert.match(error.message, message instanceof RegExp ? message : new RegExp(`^${message.replace(/[.*()]/g, '\\$&')}$`));
      return true;
    });
  }
  await assert.rejects(createDataItem({}, 'wallet'), { message: "'undefined': Expected function, received string." });
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

test('loading it again changes nothing', async () => {
  await loadDataItems();
  await loadDataItems({ wasm: '/nowhere/unit_bg.wasm' });
  assert.equal(await verifyDataItem(new Uint8Array()), false);
});
