// Apps that have installed the package from its tarball, and a browser that opens them.

import assert from 'node:assert/strict';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBrowser } from '../demo/browser.mjs';
import { run } from './recipe.mjs';

const PATIENCE_MS = 30_000;

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Here, and not in the system's folder for what is temporary, because tools are then found as in any workspace: the
 * bundlers in the repository's `node_modules`, the package in the app's own.
 */
const APPS = path('../artifacts/packaging');

/** Where an app finds what it has installed itself, and nothing of the repository's. */
export const ELSEWHERE = join(tmpdir(), `ao-unit-packaging-${process.pid}`);

/** Makes the app `name` anew from `tests/packaging/NAME`, with the package installed. Answers its folder. */
export async function installApp(name, { apps = APPS } = {}) {
  const folder = join(apps, name);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  await mkdir(folder, { recursive: true });
  await cp(path(`./${name}`), folder, { recursive: true });
  await cp(path('./greeting.js'), join(folder, 'greeting.js'));
  const tarball = await pack(folder);
  await run(`npm install --no-save --no-package-lock --no-audit --no-fund --offline ./${tarball}`, folder);
  return folder;
}

/** Packs the package into `folder`. Answers the tarball's name. */
export async function pack(folder) {
  await run(`npm pack --silent --pack-destination '${folder}'`, path('../../pkg'));
  return (await readdir(folder)).find((name) => name.endsWith('.tgz'));
}

/** Opens a page as {@link shows} does, and checks that it shows the greeting. */
export async function showsGreeting(where) {
  await shows('Hello, ao', where);
}

/**
 * Opens a page, of a folder that is served or `at` another server, and checks that it shows `expected` and that its
 * console is clean.
 */
export async function shows(expected, { serves, at, path = '' }) {
  await withBrowser(
    async ({ page, origin }) => {
      const said = [];
      page.on('pageerror', (error) => said.push(String(error)));
      page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
      page.on('requestfailed', (request) => said.push(`failed: ${request.url()}`));
      await page.goto(at ?? `${origin}/${path}`);
      const output = page.locator('output').filter({ hasText: /./ });
      const shown = await output.innerText({ timeout: PATIENCE_MS }).catch((error) => error.message);
      assert.equal(shown, expected, said.join('\n'));
      assert.deepEqual(said.filter((line) => !OF_NO_CONCERN.test(line)), []);
    },
    { folders: { '/': serves } },
  );
}

/** What the servers for development say to whoever looks. */
const OF_NO_CONCERN = /^(debug: \[vite\]|info: .*React DevTools|log: \[(HMR|Fast Refresh)\])/;
