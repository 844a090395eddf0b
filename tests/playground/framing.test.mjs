// Who may show the playground in a frame: nobody; and a snippet: everybody.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { withPlayground } from './page.mjs';

const framing = (page) => (_request, response) =>
  response.writeHead(200, { 'Content-Type': 'text/html' }).end(`<!doctype html><title>Around</title><iframe src="/www/${page}" title="Within"></iframe>`);

test('in a frame of another page, the playground has nothing to press but a link to a tab of its own', { timeout: 120_000 }, () =>
  withPlayground(
    async ({ page, origin }) => {
      await page.goto(`${origin}/around`);
      const frame = page.frameLocator('iframe');
      await frame.getByText('The playground does not run inside another page').waitFor();
      assert.equal(await frame.getByRole('button').count(), 0);
      const [opened] = await Promise.all([page.waitForEvent('popup'), frame.getByRole('link', { name: 'Open it in a tab of its own' }).click()]);
      await opened.getByRole('button', { name: 'Run', exact: true }).waitFor();
      await page.goto(`${origin}/around-a-snippet`);
      await frame.getByRole('button', { name: 'Run', exact: true }).waitFor();
    },
    { routes: { '/around': framing('index.html'), '/around-a-snippet': framing('embed.html#v1.x') }, sendsHeaders: false },
  ),
);

test('`cargo xtask start` tells browsers so, too', { timeout: 60_000 }, async () => {
  const server = await preview({ root: fileURLToPath(new URL('../../www', import.meta.url)), preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  try {
    const origin = `http://127.0.0.1:${server.httpServer.address().port}`;
    const policy = async (path) => (await fetch(`${origin}/${path}`)).headers.get('Content-Security-Policy');
    for (const path of ['', 'index.html', 'bench.html']) assert.match(await policy(path), /; frame-ancestors 'none'$/, path);
    assert.doesNotMatch(await policy('embed.html'), /frame-ancestors/);
  } finally {
    await server.close();
  }
});
