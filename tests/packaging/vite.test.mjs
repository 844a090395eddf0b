// Vite: what it builds, and its server for development, which bundles dependencies in its own way.

import { test } from 'node:test';
import { join } from 'node:path';
import { installApp, showsGreeting } from './app.mjs';
import { follow, recipe } from './recipe.mjs';
import { startServer } from './dev-server.mjs';

test('Vite builds a page by the recipe, and its development server serves one', { timeout: 120_000 }, async (t) => {
  const folder = await installApp('vite');
  await follow(await recipe('Vite'), folder);
  await t.test('the built page', () => showsGreeting({ serves: join(folder, 'dist') }));
  await t.test('the page for development', async () => {
    const server = await startServer('vite --port 0 --host localhost', folder);
    await showsGreeting({ serves: folder, at: server.origin }).finally(server.stop);
  });
});
