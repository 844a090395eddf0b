// `ao-unit/remote` in a page whose app has not installed `@permaweb/aoconnect`: what is local works, and a call to the
// network says by its code what is missing.

import assert from 'node:assert/strict';
import { access, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ELSEWHERE, installApp, shows } from './app.mjs';
import { startServer } from './dev-server.mjs';
import { follow, recipe } from './recipe.mjs';

const SHOWN = 'Hello, ao, legacy: UnitError REMOTE_UNAVAILABLE, mainnet: UnitError REMOTE_UNAVAILABLE';

after(() => rm(ELSEWHERE, { recursive: true, force: true, maxRetries: 5 }));

/** The app `name`, whose script is the one beside this file. */
async function installAppWithout(name) {
  const folder = await installApp(name, { apps: ELSEWHERE });
  await cp(fileURLToPath(new URL('./without-aoconnect.js', import.meta.url)), join(folder, 'main.js'));
  await assert.rejects(access(join(folder, 'node_modules/@permaweb')), { code: 'ENOENT' });
  return folder;
}

test('esbuild builds the page, and warns of nothing', { timeout: 120_000 }, async () => {
  const folder = await installAppWithout('esbuild');
  const printed = await follow(await recipe('esbuild'), folder);
  assert.doesNotMatch(printed, /WARNING|ERROR|Could not resolve/);
  await shows(SHOWN, { serves: folder });
});

test('Vite builds the page, and its development server serves it', { timeout: 120_000 }, async (t) => {
  const folder = await installAppWithout('vite');
  await follow(await recipe('Vite'), folder);
  await t.test('the built page', () => shows(SHOWN, { serves: join(folder, 'dist') }));
  await t.test('the page for development', async () => {
    const server = await startServer('vite --port 0 --host localhost', folder);
    await shows(SHOWN, { serves: folder, at: server.origin }).finally(server.stop);
  });
});

test('webpack builds the page, and warns of what is missing', { timeout: 120_000 }, async () => {
  const folder = await installAppWithout('webpack');
  const printed = await follow(await recipe('webpack 5'), folder);
  assert.match(printed, /Can't resolve '@permaweb\/aoconnect'/);
  await shows(SHOWN, { serves: folder });
});

test('a page without a bundler says so, too', { timeout: 120_000 }, async () => {
  const folder = await installAppWithout('html');
  await follow(await recipe('A page without a bundler'), folder);
  const file = join(folder, 'index.html');
  const page = await readFile(file, 'utf8');
  await writeFile(file, page.replace('"imports": {', '"imports": { "ao-unit/remote": "./ao-unit/remote.js",'));
  await shows(SHOWN, { serves: folder });
});
