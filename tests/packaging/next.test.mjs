// Next.js: a client component, built and served, and served for development.

import { test } from 'node:test';
import { installApp, showsGreeting } from './app.mjs';
import { startServer } from './dev-server.mjs';
import { follow, recipe } from './recipe.mjs';

test('Next.js serves a client component by the recipe', { timeout: 180_000 }, async (t) => {
  const folder = await installApp('next');
  await follow(await recipe('Next.js'), folder);
  for (const [what, command] of [
    ['what it built', 'next start --port 0'],
    ['the page for development', 'next dev --port 0'],
  ]) {
    await t.test(what, async () => {
      const server = await startServer(command, folder);
      await showsGreeting({ serves: folder, at: server.origin }).finally(server.stop);
    });
  }
});
