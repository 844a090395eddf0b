// Archives, as a bundler gets them, read with arbundles.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
// Not `@dha-team/arbundles/node`: that one imports `axios`, without depending on it.
import { DataItem, unbundleData } from '@dha-team/arbundles/build/node/esm/src/index';
import { startBundler } from './bundler.mjs';
import { inBrowser } from './page.mjs';

const BUNDLE = [
  { name: 'Bundle-Format', value: 'binary' },
  { name: 'Bundle-Version', value: '2.0.0' },
];

const valueOf = (item, wanted) => item.tags.find(({ name }) => name === wanted)?.value;
const typed = (items, type) => items.filter((item) => valueOf(item, 'Type') === type);

/** The items of a bundle that was posted, whose own signature is right. */
async function opened({ path, type, body }) {
  assert.deepEqual([path, type], ['/tx', 'application/octet-stream']);
  const outer = new DataItem(body);
  assert.equal(await outer.isValid(), true);
  return { outer, items: unbundleData(outer.rawData).items };
}

inBrowser('archives', async (part, { page, complaints }) => {
  const bundler = await startBundler();
  try {
    await page.evaluate(async () => {
      const unit = await kit.openUnit({ storage: 'memory://archive' });
      const { token, sent } = await kit.tokenWith(unit, 2);
      const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
      sent.push(await unit.message({ process: token, data: bytes }));
      const other = await kit.spawn(unit, 'Count = 0');
      const { id } = await kit.transfer(unit, token, other, 3);
      await kit.until(async () => (await unit.processes()).find(({ id }) => id === other).evaluated === 2);
      globalThis.shared = { unit, token, other, sent: [...sent, id] };
    });

    await part('a process is posted with all that belongs to it, and every signature is right', async () => {
      const { archived, sent, token, log, file, unit } = await page.evaluate(async (url) => {
        const { unit, token, sent } = shared;
        const signer = await kit.signer({ type: 'arweave' });
        const archived = await unit.archive(token, { signer, url: `${url}/`, tags: kit.tags({ 'App-Name': 'test' }) });
        const { edges } = await unit.log({ process: token });
        const file = Array.from(await unit.exportProcess(token));
        return { archived, sent, token, file, log: edges.map(({ node }) => node.assignment), unit: unit.address };
      }, bundler.url);
      const [posted] = bundler.posted.splice(0);
      const { outer, items } = await opened(posted);
      assert.deepEqual(archived, { ids: [outer.id], items: 11, bytes: posted.body.length });
      assert.deepEqual(outer.tags, [...BUNDLE, { name: 'App-Name', value: 'test' }]);
      assert.equal(outer.signatureType, 1);
      assert.deepEqual(await Promise.all(items.map((item) => item.isValid())), Array(11).fill(true));

      assert.deepEqual(typed(items, 'Process').map(({ id }) => id), [token]);
      const messages = typed(items, 'Message');
      assert.deepEqual(messages.map(({ id }) => id), sent);
      assert.deepEqual([...messages[2].rawData], Array.from({ length: 256 }, (_, at) => at));

      const assignments = typed(items, 'Assignment');
      const unitId = (id) => ({ name: 'Unit-Id', value: id });
      assert.deepEqual(assignments.map(({ tags }) => tags), log.map(({ id, tags }) => [...tags, unitId(id)]));
      const sizes = ({ rawTarget, rawAnchor, rawData }) => [rawTarget, rawAnchor, rawData].map(({ length }) => length);
      assert.deepEqual(assignments.map(sizes), Array(5).fill([0, 32, 0]));

      const [state] = typed(items, 'Checkpoint');
      const exported = gunzipSync(state.rawData);
      assert.deepEqual([...exported], file);
      const named = Object.fromEntries(state.tags.map(({ name, value }) => [name, value]));
      assert.deepEqual(Object.keys(named), [
        'Data-Protocol', 'Variant', 'Type', 'Module', 'Process', 'Nonce', 'Timestamp', 'Block-Height', 'Content-Type',
        'SHA-256', 'Content-Encoding', 'Unit-Identifier', 'Ordinate', 'Assignment', 'Hash-Chain', 'Epoch',
        'State-Format',
      ]);
      assert.equal(named['SHA-256'], createHash('sha256').update(exported).digest('hex'));
      const { Process, Nonce, Assignment, 'Unit-Identifier': identifier } = named;
      assert.deepEqual([Process, Nonce, Assignment, identifier], [token, '4', assignments.at(-1).id, unit]);
      assert.equal(named['Hash-Chain'], valueOf(assignments.at(-1), 'Hash-Chain'));
    });

    await part('what processes sent is sealed by a key of the archive’s own, and keeps its id in a tag', async () => {
      const { log, other, token } = await page.evaluate(async (url) => {
        const { unit, other, token } = shared;
        await unit.archive(other, { url });
        const { edges } = await unit.log({ process: other, from: 0 });
        return { log: edges.map(({ node }) => node.message), other, token };
      }, bundler.url);
      const { outer, items } = await opened(bundler.posted.splice(0)[0]);
      const [notice] = typed(items, 'Message');
      assert.equal(await notice.isValid(), true);
      assert.deepEqual([notice.target, notice.rawData.toString()], [other, '3']);
      assert.equal(notice.rawAnchor.toString(), log[0].anchor);
      assert.deepEqual(notice.tags, [...log[0].tags, { name: 'Unit-Id', value: log[0].id }]);
      assert.equal(valueOf(notice, 'From-Process'), token);
      assert.notEqual(notice.owner, outer.owner);
      assert.equal(notice.owner, typed(items, 'Assignment')[0].owner);
    });

    await part('a long log makes several bundles', async () => {
      const archived = await page.evaluate(async (url) => {
        const { unit } = shared;
        const busy = await kit.spawn(unit, 'Handlers.add("all", function() return true end, function() end)');
        const source = await kit.spawn(unit, '');
        await kit.evaluate(unit, source, `for i = 1, 2600 do Send({ Target = "${busy}", Data = tostring(i) }) end`);
        await kit.until(async () => (await unit.processes()).find(({ id }) => id === busy).evaluated === 2601);
        shared.busy = busy;
        return unit.archive(busy, { url });
      }, bundler.url);
      const bundles = await Promise.all(bundler.posted.splice(0).map(opened));
      assert.deepEqual(archived.ids, bundles.map(({ outer }) => outer.id));
      assert.deepEqual(bundles.map(({ items }) => items.length), [5000, 203]);
      const all = bundles.flatMap(({ items }) => items);
      const nonces = typed(all, 'Assignment').map((item) => Number(valueOf(item, 'Nonce')));
      assert.deepEqual(nonces, Array.from({ length: 2601 }, (_, nonce) => nonce));
      const [state] = typed(all, 'Checkpoint');
      assert.equal(valueOf(state, 'Nonce'), '2600');
      for (const at of [0, 1, 2500, 4999, 5000, 5202]) assert.equal(await all[at].isValid(), true);
    });

    await part('what was posted before a bundler refused is named', async () => {
      bundler.answers = [{ status: 200, body: '' }, { status: 500, body: 'later' }];
      const { code, message } = await page.evaluate(
        (url) => kit.refusal(() => shared.unit.archive(shared.busy, { url })),
        bundler.url,
      );
      const [first] = await Promise.all(bundler.posted.splice(0).map(opened));
      assert.equal(code, 'ARCHIVE_FAILED');
      assert.equal(message, `${bundler.url}/tx answered 500: later; posted before: ${first.outer.id}`);
      assert.match(complaints.shift(), /Failed to load resource/);
    });

    await part('what was posted before the time is named, and nothing is posted after it', async () => {
      const { late, aborted } = await page.evaluate(async (url) => {
        const { unit, busy } = shared;
        const arweave = await kit.signer({ type: 'arweave' });
        /** Signs one bundle, and never the next. */
        const reluctant = (atSecond) => {
          let asked = 0;
          return (...args) => ((asked += 1) === 1 ? arweave(...args) : new Promise(() => atSecond()));
        };
        const controller = new AbortController();
        const given = { signer: reluctant(() => controller.abort('enough')), signal: controller.signal };
        const start = performance.now();
        const aborted = await kit.refusal(() => unit.archive(busy, { url, ...given }));
        const timeout = 3 * (performance.now() - start) + 1000;
        const late = await kit.refusal(() => unit.archive(busy, { url, timeout, signer: reluctant(() => {}) }));
        return { late, aborted };
      }, bundler.url);
      const [first, second, ...more] = await Promise.all(bundler.posted.splice(0).map(opened));
      assert.deepEqual(more, []);
      assert.equal(aborted.code, 'ABORTED');
      assert.equal(aborted.message, `the call was aborted before it had an answer; posted before: ${first.outer.id}`);
      assert.equal(late.code, 'TIMEOUT');
      assert.ok(late.message.endsWith(`; posted before: ${second.outer.id}`), late.message);
    });

    await part('what no data item can hold is archived as JSON', async () => {
      const { id } = await page.evaluate(async (url) => {
        const { unit } = shared;
        const target = await kit.spawn(unit, '');
        const source = await kit.spawn(unit, '');
        await kit.evaluate(unit, source, `Send({ Target = "${target}", Data = "x", Large = ("y"):rep(10000) })`);
        await kit.until(async () => (await unit.processes()).find(({ id }) => id === target).evaluated === 2);
        await unit.archive(target, { url });
        return (await unit.log({ process: target, from: 0 })).edges[0].node.message;
      }, bundler.url);
      const { items } = await opened(bundler.posted.splice(0)[0]);
      const [message] = typed(items, 'Message');
      assert.equal(await message.isValid(), true);
      assert.equal(valueOf(message, 'Unit-Id'), id);
      const { tags, data } = JSON.parse(message.rawData.toString());
      assert.equal(Buffer.from(data, 'base64url').toString(), 'x');
      assert.equal(tags.find(({ name }) => name === 'Large').value.length, 10000);
    });

    await part('a bundler that refuses is named, with its status and its words', async () => {
      bundler.answers = [{ status: 402, body: 'Not enough balance\n' }];
      const archive = (url) =>
        page.evaluate((url) => kit.refusal(() => shared.unit.archive(shared.other, { url })), url);
      const { code, message } = await archive(bundler.url);
      assert.deepEqual([code, message], ['ARCHIVE_FAILED', `${bundler.url}/tx answered 402: Not enough balance`]);
      const unreachable = await archive('http://localhost:1');
      assert.equal(unreachable.code, 'ARCHIVE_FAILED');
      assert.match(unreachable.message, /^http:\/\/localhost:1\/tx cannot be reached: /);
      complaints.splice(0, 2).forEach((text) => assert.match(text, /Failed to load resource/));
    });

    await part('who refuses to sign posts nothing', async () => {
      bundler.posted.splice(0);
      const { message } = await page.evaluate(
        (url) => {
          const signer = () => Promise.reject(new Error('no'));
          return kit.refusal(() => shared.unit.archive(shared.other, { url, signer }));
        },
        bundler.url,
      );
      assert.equal(message, 'no');
      assert.deepEqual(bundler.posted, []);
    });

    assert.deepEqual(complaints, []);
  } finally {
    await bundler.close();
  }
});
