// webpack 5, with nothing configured for the package.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installApp, showsGreeting } from './app.mjs';
import { follow, recipe } from './recipe.mjs';

test('webpack builds a page by the recipe', { timeout: 120_000 }, async () => {
  const folder = await installApp('webpack');
  const printed = await follow(await recipe('webpack 5'), folder);
  const warnings = printed.match(/^WARNING in .*/gm) ?? [];
  assert.deepEqual(warnings.filter((line) => !/size limit|lazy loading/.test(line)), [], printed);
  await showsGreeting({ serves: folder });
});
