// The playground without a network: after the first load it needs none.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { withPlayground } from './page.mjs';

const ECHO = {
  title: 'Echo',
  description: 'It echoes.',
  files: [{ name: 'main.lua', text: 'Handlers.add("Echo", function(msg) msg.reply({ Data = msg.Data }) end)\n' }],
  steps: [{ says: 'Alice calls.', from: 'alice', tags: { Action: 'Echo' }, data: 'Hello', expected: {} }],
};
const SNIPPET = `v1.${deflateRawSync(JSON.stringify(ECHO)).toString('base64url')}`;

const WORKER = new URL('../../www/dist/service-worker.js', import.meta.url);
const script = (source) => (_, response) => {
  response.writeHead(200, { 'Content-Type': 'text/javascript', 'Cache-Control': 'no-store' });
  response.end(source());
};

test('after the first load the playground opens and runs without a network, with what it had', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, cutOff, complaints }) => {
    await playground.example('Ping-pong');
    await playground.run();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await cutOff();
    await page.reload();
    assert.equal(await page.getByRole('combobox', { name: 'Example' }).evaluate((one) => one.selectedOptions[0].label), 'Ping-pong');
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.getByText('✓ As the example says').nth(1).waitFor();
    await playground.example('Token');
    assert.match(await playground.run(), /^Started Token/);
    assert.deepEqual(complaints, []);
  }),
);

test('a snippet opens and runs without a network, where the playground was opened before', { timeout: 120_000 }, () =>
  withPlayground(async ({ page, origin, cutOff, complaints }) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    await cutOff();
    await page.goto(`${origin}/www/embed.html#${SNIPPET}`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('status', { name: 'Run' }).filter({ hasText: /^Started Echo/ }).waitFor();
    await page.getByRole('button', { name: 'Send: Alice calls.' }).click();
    await page.getByText('→ alice Hello').waitFor();
    assert.deepEqual(complaints, []);
  }),
);

test('the page can be installed: its manifest names icons that are there', { timeout: 60_000 }, () =>
  withPlayground(async ({ page }) => {
    const icons = await page.evaluate(async () => {
      const link = document.querySelector('link[rel="manifest"]').href;
      const manifest = await (await fetch(link)).json();
      return Promise.all(
        manifest.icons.map(async ({ src, sizes }) => {
          const image = new Image();
          image.src = new URL(src, link).href;
          await image.decode();
          return sizes === 'any' ? sizes : `${image.naturalWidth}x${image.naturalHeight}` === sizes;
        }),
      );
    });
    assert.deepEqual(icons, [true, true, 'any']);
  }),
);

test('a newer version that one tab opens is opened by every tab, with the code that was in it', { timeout: 120_000 }, async () => {
  const source = await readFile(WORKER, 'utf8');
  let version = 1;
  const routes = { '/www/service-worker.js': script(() => `${source}\n// ${version}\n`) };
  await withPlayground(async ({ playground, page }) => {
    await page.evaluate(() => navigator.serviceWorker.ready);
    const other = await page.context().newPage();
    await other.goto(page.url());
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await other.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await playground.write('return "what I wrote"');
    for (const tab of [page, other]) await tab.evaluate(() => (window.isOlder = true));
    version = 2;
    await page.evaluate(() => navigator.serviceWorker.ready.then((registration) => registration.update()));
    const opens = (tab) => tab.getByText('There is a newer version of the playground.').waitFor();
    await Promise.all([opens(page), opens(other)]);
    await other.getByRole('button', { name: 'Open it', exact: true }).click();
    for (const tab of [page, other]) await tab.waitForFunction(() => !window.isOlder && document.querySelector('h1'));
    assert.match(await page.getByRole('textbox', { name: 'Lua source' }).innerText(), /what I wrote/);
  }, { routes });
});

test('a page that could not be kept says so, and does not wait for ever', { timeout: 60_000 }, () =>
  withPlayground(
    async ({ playground, page }) => {
      await playground.view('Processes');
      await page.getByRole('tab', { name: 'Storage' }).click();
      await page.getByText('The page could not be kept').waitFor();
    },
    { routes: { '/www/service-worker.js': script(() => `addEventListener('install', (event) => event.waitUntil(Promise.reject(new Error('no room'))));`) } },
  ),
);
