// What a signer is asked for, and what is made of its answer.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createDataItemSigner } from '../build/signer.js';
import { createDataItem } from '../build/data-item.js';
import { signItem } from '../build/sign.js';
import { UnitError } from '../build/error.js';
import { fields, hash, key, raw, sealer, sign, target } from './sealer.js';

test('a signature that is the same each time gets an anchor of its own, unless there is one', async () => {
  const { anchor, ...bare } = fields;
  const anchors = [];
  for (const type of [1, 2, 3, 4, 7, 7]) {
    const unit = sealer();
    const signer = async (create) => {
      await create({ publicKey: new Uint8Array(32), type });
      await create({ publicKey: new Uint8Array(32), type });
      return { signature: new Uint8Array(64) };
    };
    await signItem(unit, signer, bare);
    const seen = new Set(unit.asked.map(([, { anchor }]) => anchor));
    assert.equal(seen.size, 1, 'what is hashed is what is sealed');
    anchors.push(...seen);
    await signItem(unit, signer, fields);
    assert.equal(unit.asked.at(-1)[1].anchor, anchor);
  }
  assert.equal(anchors[0], undefined);
  for (const anchor of anchors.slice(1)) assert.match(anchor, /^[\w-]{32}$/);
  assert.equal(new Set(anchors).size, anchors.length);
});

test('an item for somebody else is not taken, nor one of another type', async () => {
  const other = `${'x'.repeat(42)}w`;
  const type = (...values) => values.map((value) => ({ name: 'Type', value }));
  for (const [asked, answered, message] of [
    [{ target }, { target: other }, `the signer answered an item of no type for ${other}, not of no type for ${target}:`],
    [{ target }, {}, 'the signer answered an item of no type for no process, not'],
    [{ tags: type('Process') }, { target, tags: type('Message') }, "answered an item of type 'Message' for AAEC"],
    [{ target, tags: type('Message') }, { target, tags: type('Process') }, "of type 'Process' for"],
    [{ target, tags: type('Message') }, { target, tags: type('Process', 'Message') }, "of type 'Process' and 'Message'"],
    [{ target }, { target, tags: type('Process') }, "of type 'Process' for"],
  ]) {
    const { raw } = await createDataItem({ ...answered, data: 'x' }, key);
    const request = { data: 'x', tags: [], ...asked };
    for (const signer of [async () => ({ id: 'x', raw }), createDataItemSigner({ signDataItem: async () => raw })]) {
      await assert.rejects(signItem(sealer(), signer, request), (error) => {
        assert.ok(error instanceof UnitError);
        assert.equal(error.code, 'SIGNER_ANSWERED_OTHER');
        assert.ok(error.message.includes(message), error.message);
        return true;
      });
    }
  }
});

test('a signer may write other tags, another anchor and other data than it was asked for', async () => {
  const tags = [{ name: 'Type', value: 'Message' }, { name: 'Quantity', value: '12.7' }];
  const rewritten = [tags[0], { name: 'Quantity', value: '12' }, { name: 'App-Name', value: 'w' }];
  const { raw } = await createDataItem({ data: 'y', tags: rewritten, target, anchor: 'y'.repeat(32) }, key);
  const request = { data: 'x', tags, target, anchor: 'x'.repeat(32) };
  assert.deepEqual(await signItem(sealer(), async () => ({ id: 'x', raw }), request), raw);
  // An id has a second spelling, which wallets read as well.
  assert.deepEqual(await signItem(sealer(), async () => ({ raw }), { ...request, target: target.replace(/8$/, '9') }), raw);
});

test('signers of the first generation read the fields off their argument', async () => {
  let seen;
  const item = await sign(async ({ data, tags, target, anchor }) => {
    seen = { data, tags, target, anchor };
    return { id: 'id', raw };
  });
  assert.deepEqual(item, raw);
  assert.deepEqual(seen, fields);
});

test('signers of the second generation ask for the hash, with a key in any form', async () => {
  const key = new Uint8Array(65).fill(4);
  const inHex = `0x${Buffer.from(key).toString('hex')}`;
  for (const publicKey of [key, key.buffer, Buffer.from(key).toString('base64url'), inHex]) {
    const unit = sealer();
    let kindSeen;
    const signature = new Uint8Array([1]);
    await sign(async (create, kind) => {
      kindSeen = kind;
      assert.deepEqual(await create({ publicKey, type: 3 }), hash);
      return { signature: publicKey === key ? Promise.resolve(signature) : signature, address: 'a' };
    }, unit);
    assert.equal(kindSeen, 'ans104');
    assert.deepEqual(unit.asked, [
      ['signingHash', fields, 3, key],
      ['sealItem', fields, 3, key, signature],
    ]);
  }
});

test('a signer that does not keep its side is told so, in the words of aoconnect', async () => {
  const signature = new Uint8Array(1);
  const invoke = 'create() must be invoked in order to construct the data to sign';
  const unexpected = 'Unexpected type. Value must be one of Uint8Array, ArrayBuffer, or base64url-encoded string';
  const answering = (answer) => async (create) => (await create({ publicKey: signature }), answer);
  for (const [signer, message] of [
    ...[{ signature }, undefined, null, 'text', 5, Symbol('x')].map((answer) => [async () => answer, invoke]),
    ...[{}, undefined, null, 'text'].map((answer) => [answering(answer), 'signer must return its signature and address']),
    [async (create) => (await create({ passthrough: true }), {}), 'signer must return its signature and address'],
    [async (create) => (await create({ passthrough: true }), { signature }), invoke],
    [async (create) => create({}), unexpected],
    [async (create) => create(), unexpected],
    [async (create) => create(null), unexpected],
    [answering({ signature: 5 }), unexpected],
    [answering({ signature: [256] }), unexpected],
    [answering({ signature: '!!!' }), `${unexpected}: '!!!' is not`],
    [async () => ({ raw: 'abc' }), "the signer answered 'abc' as the raw item: it has to be bytes"],
    [async () => ({ raw: Object.create(null) }), 'the signer answered an Object as the raw item: it has to be bytes'],
    [async () => ({ raw: ['x', {}] }), 'the signer answered an array of 2 as the raw item: it has to be bytes'],
  ]) {
    await assert.rejects(sign(signer), { name: 'UnitError', code: 'SIGNER_INVALID', message });
  }
});

test('a signature type that nobody knows is none of those that its number ends with', async () => {
  for (const type of [65538, 65537, -65534, 2 ** 32 + 1, 3.5, '2', null, NaN, 5, 101]) {
    const unit = sealer();
    const signer = async (create) => ({ signature: await create({ publicKey: new Uint8Array(32), type }) });
    await assert.rejects(sign(signer, unit), { code: 'SIGNER_INVALID', message: /^the signer asked for signature type/ });
    assert.deepEqual(unit.asked, []);
  }
});
