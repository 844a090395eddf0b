// A page with `<script type="module">`, and no bundler at all.

import { test } from 'node:test';
import { installApp, showsGreeting } from './app.mjs';
import { follow, recipe } from './recipe.mjs';

test('a plain page loads the package as it was packed', { timeout: 120_000 }, async () => {
  const folder = await installApp('html');
  await follow(await recipe('A page without a bundler'), folder);
  await showsGreeting({ serves: folder });
});
