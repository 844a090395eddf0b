// esbuild, which leaves `new URL(…)` as it stands.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { installApp, showsGreeting } from './app.mjs';
import { follow, recipe } from './recipe.mjs';

test('esbuild builds a page by the recipe', { timeout: 120_000 }, async () => {
  const folder = await installApp('esbuild');
  await follow(await recipe('esbuild'), folder);
  await showsGreeting({ serves: folder });
});

test('an alias puts ao-unit in place of aoconnect, sub-paths included', { timeout: 120_000 }, async () => {
  const folder = await installApp('esbuild');
  const file = join(folder, 'greeting.js');
  const app = (await readFile(file, 'utf8')).replace(`from 'ao-unit'`, `from '@permaweb/aoconnect'`);
  const besides = `import * as all from '@permaweb/aoconnect';
import * as browser from '@permaweb/aoconnect/browser';
import * as node from '@permaweb/aoconnect/node';
if (browser.spawn !== all.spawn || node.spawn !== all.spawn) throw new Error('there are several packages');
`;
  await writeFile(file, besides + app);
  await follow(await recipe('In place of aoconnect'), folder);
  await showsGreeting({ serves: folder });
});
