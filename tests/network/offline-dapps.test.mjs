// The programs of docs/offline-dapps.md, as they stand there.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';

const SCRIPTS = {
  '@permaweb/aoconnect': '/aoconnect/browser.js',
  'ao-unit/fetch': '/pkg/fetch.js',
  'ao-unit/register': '/pkg/register.js',
  'ao-unit/service-worker': '/pkg/service-worker.js',
  'ao-unit/unit': '/pkg/unit.js',
  '/node_modules/ao-unit/dist/': '/pkg/',
  '/service-worker.js': '/program/service-worker.js',
};

const text = await readFile(new URL('../../docs/offline-dapps.md', import.meta.url), 'utf8');
const programs = [...text.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);
const [connected, replaced, serving, starting, classic] = programs;

/** A program, with the package and aoconnect where the server has them. */
const served = (program) =>
  Object.entries(SCRIPTS).reduce((code, [name, address]) => code.replaceAll(`'${name}`, `'${address}`), program);

/** What a page does with the calls that a program leaves it. */
const USE = `
  const { createDataItemSigner } = await import('/aoconnect/browser.js');
  const { count, spawnCounter, wallet } = await import('/network/kit.js');
  const signer = createDataItemSigner(wallet);
  const process = await spawnCounter({ spawn, result }, signer);
  globalThis.counted = (await count({ message, result }, signer, process)).data;`;

const APP = `import { message, result, spawn } from '/aoconnect/browser.js';\n${USE}`;

/** A page whose only script is this program. */
async function run(files, type) {
  const folder = await mkdtemp(join(tmpdir(), 'ao-unit-'));
  const html = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="start.js"></script>`;
  try {
    const all = Object.entries({ 'index.html': html, ...files });
    for (const [name, code] of all) await writeFile(join(folder, name), code);
    await withBrowser(
      async ({ page, origin, complaints }) => {
        await page.goto(`${origin}/program/`);
        await page.waitForFunction(() => globalThis.counted !== undefined);
        assert.equal(await page.evaluate(() => counted), '1', type);
        assert.deepEqual(complaints, []);
      },
      { folders: { '/program/': folder, ...FOLDERS } },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('aoconnect is given a fetch', { timeout: 60_000 }, () => run({ 'start.js': served(connected) + USE }));

test('a fetch takes the place of the network', { timeout: 60_000 }, () => run({ 'start.js': served(replaced) + USE }));

test('a page is started behind a service worker', { timeout: 60_000 }, () =>
  run({ 'service-worker.js': served(serving), 'start.js': served(starting), 'app.js': APP }),
);

test('a page is started behind a classic service worker', { timeout: 60_000 }, () => {
  assert.match(text, /registerNetwork\('\/service-worker\.js', \{ type: 'classic' \}\)/);
  const start = served(starting).replace(`service-worker.js')`, `service-worker.js', { type: 'classic' })`);
  return run({ 'service-worker.js': served(classic), 'start.js': start, 'app.js': APP });
});
