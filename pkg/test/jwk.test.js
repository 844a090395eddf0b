import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createDataItemSigner } from '../build/signer.js';
import { createDataItem, parseDataItem, verifyDataItem } from '../build/data-item.js';
import { exportWallet, generateWallet, importWallet } from '../build/wallet.js';

const arweave = JSON.parse(await readFile(new URL('../../tests/vectors/arweave-key.json', import.meta.url), 'utf8'));
const ed25519 = await exportWallet(await generateWallet({ type: 'ed25519', extractable: true, keep: false }));

test('a key file signs', async () => {
  for (const [jwk, signatureType] of [[arweave, 1], [ed25519, 2]]) {
    const signer = createDataItemSigner(jwk);
    const { address } = await importWallet(jwk, { keep: false });
    for (const data of ['one', 'two']) {
      const { raw } = await createDataItem({ data }, signer);
      const item = await parseDataItem(raw);
      assert.deepEqual([item.signatureType, item.address], [signatureType, address]);
      assert.equal(await verifyDataItem(raw), true);
    }
  }
});

test('what a key file says of its use does not keep it from signing', async () => {
  const jwk = { ...arweave, use: 'enc', key_ops: ['verify'], alg: 'RS256', ext: false, kid: 'k' };
  const { raw } = await createDataItem({}, createDataItemSigner(jwk));
  assert.equal(await verifyDataItem(raw), true);
});

test('a key that cannot sign is refused, and what is wrong is named', async () => {
  const without = (field) => Object.fromEntries(Object.entries(arweave).filter(([name]) => name !== field));
  for (const [jwk, message] of [
    ...['kty', 'n', 'e', 'p', 'q', 'dp', 'dq', 'qi'].map((field) => [without(field), `JWK missing required field: ${field}`]),
    [without('d'), 'JWK missing required field: d, without which it is a public key and cannot sign'],
    [{ ...arweave, d: '' }, /missing required field: d/],
    [{ ...ed25519, x: undefined }, 'JWK missing required field: x'],
    [{ kty: 'EC', crv: 'P-256' }, 'a key of kty EC, crv P-256 cannot sign data items: RSA (4096 bits) and OKP with Ed25519 can'],
    [{ ...arweave, n: Buffer.from(arweave.n, 'base64url').subarray(256).toString('base64url') }, 'the JWK has 2048 bits: an Arweave key has 4096'],
    [{ ...arweave, n: '!' }, '“n” of the JWK is not base64url'],
    [{ ...arweave, e: 'Aw' }, /exponent/],
    [{ ...arweave, n: ` ${arweave.n}\n` }, '“n” of the JWK is not base64url'],
    [{ ...arweave, n: Buffer.from(arweave.n, 'base64url').toString('base64') }, '“n” of the JWK is not base64url'],
    [{ ...arweave, d: `${arweave.d}==` }, '“d” of the JWK is not base64url'],
    // WebCrypto computes by the shorter way of “dp” and “dq”, and would sign with any “d”.
    [{ ...arweave, d: arweave.n }, '“d”, “p” and “dp” of the JWK do not belong together'],
    [{ ...arweave, d: 'AQAB', dp: 'AQAB' }, '“d”, “q” and “dq” of the JWK do not belong together'],
    [{ ...arweave, p: 'AQ' }, '“n”, “p” and “q” of the JWK do not belong together'],
    [{ ...arweave, p: arweave.q }, '“n”, “p” and “q” of the JWK do not belong together'],
    [{ ...arweave, qi: arweave.dp }, '“p”, “q” and “qi” of the JWK do not belong together'],
    [{ ...arweave, kty: 5 }, /^a key of kty 5 cannot sign/],
    [{ ...ed25519, x: 'A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg' }, /^the JWK is no private key/],
  ]) {
    await assert.rejects(importWallet(jwk), { name: 'UnitError', code: 'KEY_INVALID', message });
    if (jwk.kty) await assert.rejects(createDataItem({}, createDataItemSigner(jwk)), { code: 'KEY_INVALID', message });
  }
  await assert.rejects(importWallet('text'), { code: 'KEY_INVALID', message: 'a JWK is an object, not string' });
});
