// A page's own files behind a service worker: from the server, and without it as they were.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';

const answer = (status, headers, body) => (_, response) => response.writeHead(status, headers).end(body);
const page = answer(200, { 'Content-Type': 'text/html' }, '<!doctype html><link rel="icon" href="data:,"><h1>The page</h1>');
const audio = { 'Content-Type': 'audio/wav' };

const files = ['/site/', '/site/index.html', '/site/part.wav', '/site/varying.txt'];
const routes = {
  '/site/': page,
  // As hosts with clean addresses have it.
  '/site/index.html': answer(301, { Location: '/site/' }),
  '/site/part.wav': (request, response) =>
    request.headers.range
      ? response.writeHead(206, { ...audio, 'Content-Range': 'bytes 0-1/4' }).end('ab')
      : response.writeHead(200, audio).end('abcd'),
  '/site/varying.txt': answer(200, { 'Content-Type': 'text/plain', Vary: '*' }, 'the same'),
  '/site/worker.js': answer(
    200,
    { 'Content-Type': 'text/javascript' },
    `import { serveNetwork } from '/pkg/service-worker.js';
    serveNetwork({ storage: 'idb://site', files: ${JSON.stringify(files)} });`,
  ),
};

const behindWorker = async (page, origin) => {
  await page.goto(`${origin}/site/`);
  await page.evaluate(async () => {
    const { registerNetwork } = await import('/pkg/register.js');
    await registerNetwork('/site/worker.js');
  });
};
const heading = (page) => page.textContent('h1');
const fetched = (page, ...request) =>
  page.evaluate(async (request) => {
    const response = await fetch(...request);
    return [response.status, await response.text()];
  }, request);

test("a page's files behind a service worker", { timeout: 120_000 }, (t) =>
  withBrowser(
    async ({ page, origin, complaints, cutOff }) => {
      const part = (what, run) => t.test(what, { timeout: 60_000 }, run);
      await behindWorker(page, origin);

      await part('are answered by the server, whether they can be kept or not', async () => {
        const range = { headers: { Range: 'bytes=0-1' } };
        assert.deepEqual(await fetched(page, '/site/part.wav', range), [206, 'ab']);
        assert.deepEqual(await fetched(page, '/site/varying.txt'), [200, 'the same']);
      });

      await part('are there without a network, whole, also those whose address redirects', async () => {
        await cutOff();
        assert.deepEqual(await fetched(page, '/site/part.wav'), [200, 'abcd']);
        assert.deepEqual(await fetched(page, '/site/varying.txt'), [200, 'the same']);
        for (const path of ['/site/', '/site/index.html']) {
          await page.goto(`${origin}${path}`);
          assert.equal(await heading(page), 'The page', path);
        }
      });

      assert.deepEqual(complaints, []);
    },
    { folders: FOLDERS, routes },
  ),
);

test('a page at the address of a local network stays the page', { timeout: 60_000 }, () =>
  withBrowser(
    async ({ page }) => {
      await behindWorker(page, 'http://localhost:4000');
      await page.reload();
      assert.equal(await heading(page), 'The page');
      assert.deepEqual((await fetched(page, 'http://localhost:4004/'))[0], 200, 'the rest of the network is there');
    },
    { folders: FOLDERS, routes },
  ),
);
