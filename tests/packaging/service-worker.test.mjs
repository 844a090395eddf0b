// Service workers that a bundler made, and a page with the real aoconnect behind each, with the network cut off.

import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { installApp } from './app.mjs';
import { startServer } from './dev-server.mjs';
import { follow, recipe } from './recipe.mjs';
import { withBrowser } from '../demo/browser.mjs';

/** The app `name`, whose script is a dApp, with a service worker. */
async function installDapp(name) {
  const folder = await installApp(name);
  const put = (from, to) => cp(fileURLToPath(new URL(from, import.meta.url)), join(folder, to));
  await Promise.all([put('./behind-worker.js', 'main.js'), put('./service-worker.js', 'service-worker.js')]);
  return folder;
}

/** Opens the page, and has it greeted again by a worker that started without a network. */
async function greetsOffline({ serves, at, query = '' }) {
  await withBrowser(
    async ({ page, origin, complaints, cutOff }) => {
      await page.goto(`${at ?? origin}/${query}`);
      const shown = await page.locator('output').filter({ hasText: /./ }).innerText();
      assert.equal(shown, 'Hello, ao', complaints.join('\n'));
      assert.deepEqual(complaints, []);
      await cutOff();
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('ServiceWorker.enable');
      await devtools.send('ServiceWorker.stopAllWorkers');
      assert.equal(await page.evaluate(() => greet()), 'Hello, ao');
    },
    { folders: { '/': serves } },
  );
}

test('Vite builds a service worker by the recipe, and its development server serves one', { timeout: 180_000 }, async (t) => {
  const folder = await installDapp('vite');
  await follow(await recipe('A service worker, by Vite'), folder);
  await t.test('the built worker', () => greetsOffline({ serves: join(folder, 'dist') }));
  await t.test('the worker for development', async () => {
    const server = await startServer('vite --port 0 --host localhost', folder);
    await greetsOffline({ serves: folder, at: server.origin }).finally(server.stop);
  });
});

test('esbuild builds a service worker by the recipe, as a module and as a classic script', { timeout: 180_000 }, async (t) => {
  const folder = await installDapp('esbuild');
  const printed = await follow(await recipe('A service worker, by esbuild'), folder);
  assert.doesNotMatch(printed, /WARNING|ERROR/);
  // The worker is for the pages that lie beside it.
  const html = await readFile(join(folder, 'index.html'), 'utf8');
  await writeFile(join(folder, 'dist/index.html'), html.replace('dist/main.js', 'main.js'));
  const serves = join(folder, 'dist');
  await t.test('a module', () => greetsOffline({ serves }));
  await t.test('a classic script', () => greetsOffline({ serves, query: '?worker=classic-worker.js&type=classic' }));
});
