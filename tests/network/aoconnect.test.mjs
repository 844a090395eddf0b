// The published aoconnect, unmodified, on a network that is a fetch in the page.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withBrowser } from '../demo/browser.mjs';

const UNKNOWN = 'x'.repeat(42) + 'A';
const ADDRESS = /^[\w-]{43}$/;

test('aoconnect on a fetch', { timeout: 120_000 }, (t) =>
  withBrowser(async ({ page, origin, complaints }) => {
    const part = (what, run) => t.test(what, { timeout: 60_000 }, run);
    const elsewhere = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(origin) && /^https?:/.test(request.url())) elsewhere.push(request.url());
    });
    await page.goto(`${origin}/network/`);
    await page.waitForFunction(() => globalThis.kit !== undefined);
    await page.evaluate(async () => {
      const unit = await kit.openUnit({ storage: 'memory://network' });
      const { createDataItemSigner, connect } = await kit.importAoconnect();
      const { MU_URL, CU_URL, GATEWAY_URL } = kit.LOCALNET;
      const local = kit.createFetch(unit);
      const ao = connect({ fetch: local, MU_URL, CU_URL, GATEWAY_URL });
      const signer = createDataItemSigner(kit.wallet);
      globalThis.shared = { unit, ao, signer, local, process: await kit.spawnCounter(ao, signer) };
    });

    await part('a spawn, messages and their results are those of the unit', async () => {
      const seen = await page.evaluate(async () => {
        const { unit, ao, signer, process } = shared;
        const first = await kit.count(ao, signer, process, '2');
        const second = await kit.count(ao, signer, process, '3');
        const { edges } = await unit.log({ process });
        return { process, first, second, log: edges.map(({ node }) => node.message.id) };
      });
      assert.match(seen.process, ADDRESS);
      assert.deepEqual([seen.first.data, seen.second.data], ['2', '5']);
      assert.deepEqual(seen.log, [seen.process, seen.first.id, seen.second.id]);
    });

    await part('results are listed, and a cursor goes on', async () => {
      const seen = await page.evaluate(async () => {
        const { ao, process } = shared;
        const all = await ao.results({ process });
        const newest = await ao.results({ process, sort: 'DESC', limit: 1 });
        const rest = await ao.results({ process, from: all.edges[0].cursor });
        return { all, newest, rest };
      });
      assert.equal(seen.all.edges.length, 3);
      assert.equal(seen.newest.edges[0].node.Messages[0].Data, '5');
      assert.deepEqual(seen.rest.edges, seen.all.edges.slice(1));
      assert.deepEqual(Object.keys(JSON.parse(atob(seen.all.edges[0].cursor))), ['timestamp', 'ordinate', 'cron', 'sort']);
    });

    await part('a dry-run reads, and changes nothing', async () => {
      const seen = await page.evaluate(async () => {
        const { ao, process } = shared;
        const dry = () => ao.dryrun({ process, tags: kit.tags({ Action: 'Count' }) });
        return [(await dry()).Messages[0].Data, (await dry()).Messages[0].Data];
      });
      assert.deepEqual(seen, ['6', '6']);
    });

    await part('a failure is an outcome with its error', async () => {
      const seen = await page.evaluate(async () => {
        const { ao, signer, process } = shared;
        const message = await ao.message({ process, signer, tags: kit.tags({ Action: 'Fail' }) });
        return ao.result({ process, message });
      });
      assert.match(seen.Error, /it went wrong/);
    });

    await part('a message is assigned to another process', async () => {
      const seen = await page.evaluate(async () => {
        const { unit, ao, signer, process } = shared;
        const other = await kit.spawnCounter(ao, signer);
        const { id } = await kit.count(ao, signer, process);
        const assigned = await ao.assign({ process: other, message: id, exclude: ['Data'] });
        const { edges } = await unit.log({ process: other });
        return { id, assigned, tags: edges.at(-1).node.assignment.tags };
      });
      assert.equal(seen.assigned, seen.id);
      assert.deepEqual(
        seen.tags.filter(({ name }) => ['Message', 'Exclude'].includes(name)).map(({ value }) => value),
        [seen.id, 'Data'],
      );
    });

    await part('a cron is monitored, and no more', async () => {
      const seen = await page.evaluate(async () => {
        const { unit, ao, signer, local } = shared;
        const cron = await kit.spawnCounter(ao, signer, { 'Cron-Interval': '1-second', 'Cron-Tag-Action': 'Tick' });
        const on = await ao.monitor({ process: cron, signer });
        const summary = async () => (await unit.processes()).find(({ id }) => id === cron).cron.monitored;
        const monitored = await summary();
        const ticks = async () => (await (await local(`${kit.LOCALNET.CU_URL}/cron/${cron}`)).json()).edges;
        let edges = [];
        for (let waited = 0; edges.length === 0 && waited < 5_000; waited += 100) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          edges = await ticks();
        }
        const off = await ao.unmonitor({ process: cron, signer });
        return { on, off, monitored, after: await summary(), edges };
      });
      assert.match(seen.on, ADDRESS);
      assert.match(seen.off, ADDRESS);
      assert.deepEqual([seen.monitored, seen.after], [true, false]);
      assert.ok(seen.edges.length > 0);
      assert.match(JSON.parse(atob(seen.edges[0].cursor)).cron, /^0-/);
    });

    await part('what the unit does not have is refused as the network does', async () => {
      const seen = await page.evaluate(async (unknown) => {
        const { ao, signer, process } = shared;
        return {
          message: await kit.refusal(() => ao.message({ process: unknown, signer })),
          result: await ao.result({ process: unknown, message: unknown }),
          dryrun: await ao.dryrun({ process: unknown }),
          results: await kit.refusal(() => ao.results({ process: unknown })),
          module: await kit.refusal(() => ao.spawn({ module: unknown, scheduler: unknown, signer })),
          assign: await kit.refusal(() => ao.assign({ process, message: unknown })),
          monitor: await kit.refusal(() => ao.monitor({ process: unknown, signer })),
        };
      }, UNKNOWN);
      const notHere = new RegExp(`process ${UNKNOWN} is not in this unit`);
      assert.match(seen.message.message, /^404: \{"error":"process /);
      assert.match(seen.message.message, notHere);
      assert.match(seen.result.error, notHere);
      assert.match(seen.dryrun.error, notHere);
      assert.equal(seen.results.message, "Invalid Return 'edges': Required.");
      assert.equal(seen.module.message, "Invalid Return 'undefined': Required.");
      assert.match(seen.assign.message, /^404: |Error while communicating/);
      assert.match(seen.monitor.message, notHere);
    });

    await part('bytes that are no text come out of the gateway as they went in', async () => {
      const seen = await page.evaluate(async () => {
        const { ao, signer, process, local } = shared;
        const data = new Uint8Array([0xff, 0x00, 0x89, 0x50, 0xc3]);
        const id = await ao.message({ process, signer, data, tags: kit.tags({ 'Content-Type': 'image/png' }) });
        const response = await local(`${kit.LOCALNET.GATEWAY_URL}/raw/${id}`);
        const body = JSON.stringify({ query: `{ transaction(id: "${id}") { data { size type } owner { address } } }` });
        const queried = await (await local(`${kit.LOCALNET.GATEWAY_URL}/graphql`, { method: 'POST', body })).json();
        const bytes = [...new Uint8Array(await response.arrayBuffer())];
        return { bytes, type: response.headers.get('content-type'), queried };
      });
      assert.deepEqual(seen.bytes, [0xff, 0x00, 0x89, 0x50, 0xc3]);
      assert.equal(seen.type, 'image/png');
      assert.deepEqual(seen.queried.data.transaction.data, { size: '5', type: 'image/png' });
    });

    await part('blocks are those whose heights messages have', async () => {
      const seen = await page.evaluate(async () => {
        const { unit, process, local } = shared;
        const body = JSON.stringify({ query: '{ blocks(first: 2) { edges { node { height timestamp } } } }' });
        const { data } = await (await local(`${kit.LOCALNET.GATEWAY_URL}/graphql`, { method: 'POST', body })).json();
        const { edges } = await unit.log({ process });
        const { tags } = edges.at(-1).node.assignment;
        const height = Number(tags.find(({ name }) => name === 'Block-Height').value);
        return { blocks: data.blocks.edges.map(({ node }) => node), height };
      });
      const [newest, before] = seen.blocks;
      assert.ok(newest.height - seen.height <= 1);
      assert.deepEqual([newest.height - before.height, newest.timestamp - before.timestamp], [1, 120]);
      assert.ok(Math.abs(newest.timestamp - Date.now() / 1000) <= 120);
    });

    await part("with the network's own addresses, the scheduler is located", async () => {
      await page.reload();
      await page.waitForFunction(() => globalThis.kit !== undefined);
      const seen = await page.evaluate(async (unknown) => {
        const unit = kit.openUnit({ storage: 'memory://located' });
        globalThis.fetch = kit.createFetch(unit, { ...kit.LEGACYNET, fetch: globalThis.fetch });
        const { connect, createDataItemSigner, ...top } = await kit.importAoconnect();
        const ao = connect();
        const signer = createDataItemSigner(kit.wallet);
        const process = await kit.spawnCounter(top, signer);
        const before = Date.now() - 60_000;
        const slot = await ao.message({ process, signer, returnAssignmentSlot: true });
        const both = await ao.message({ process, signer, returnAssignmentSlot: true, returnMessageId: true });
        const range = { from: String(before), to: String(Date.now() + 1_000) };
        const { edges } = await ao.getMessages({ processId: process, ...range });
        return {
          slot,
          both,
          listed: edges.map(({ node }) => node.message.id),
          process,
          last: await ao.getLastSlot({ processId: process }),
          one: await ao.getMessageById({ processId: process, messageId: both.id }),
          unknown: await kit.refusal(() => ao.getLastSlot({ processId: unknown })),
        };
      }, UNKNOWN);
      assert.equal(seen.slot, '1');
      assert.equal(seen.both.slot, '2');
      assert.equal(seen.listed.length, 3);
      assert.deepEqual([seen.listed[0], seen.listed[2]], [seen.process, seen.both.id]);
      assert.equal(seen.last, '2');
      assert.equal(seen.one.message.id, seen.both.id);
      const message = `Process ${UNKNOWN} was not found on gateway`;
      assert.deepEqual(seen.unknown, { name: 'TransactionNotFound', message });
    });

    assert.deepEqual(elsewhere, []);
    assert.deepEqual(complaints, []);
  }),
);
