// A page with `<script type="module">`, and no bundler at all.

import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { installApp, showsGreeting } from './app.mjs';
import { follow, recipe } from './recipe.mjs';

test('a plain page loads the package as it was packed', { timeout: 120_000 }, async () => {
  const folder = await installApp('html');
  await follow(await recipe('A page without a bundler'), folder);
  await showsGreeting({ serves: folder });
});

test('files that lie elsewhere are named', { timeout: 120_000 }, async () => {
  const folder = await installApp('html');
  await follow(await recipe('A page without a bundler'), folder);
  await mkdir(join(folder, 'files'));
  await rename(join(folder, 'ao-unit/wasm/unit_bg.wasm'), join(folder, 'files/unit.wasm'));
  await rename(join(folder, 'ao-unit/wasm/machine.wasm'), join(folder, 'files/lua.wasm'));
  await showsGreeting({ serves: folder, path: 'moved.html' });
});
