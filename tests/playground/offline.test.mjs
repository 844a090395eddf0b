// The playground without a network: after the first load it needs none.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPlayground } from './page.mjs';

test('after the first load the playground opens and runs without a network, with what it had', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, cutOff, complaints }) => {
    await playground.example('Ping-pong');
    await playground.run();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await cutOff();
    await page.reload();
    assert.equal(await page.getByRole('combobox', { name: 'Example' }).evaluate((one) => one.selectedOptions[0].label), 'Ping-pong');
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.getByText('✓ As the example says').nth(1).waitFor();
    await playground.example('Token');
    assert.match(await playground.run(), /^Started Token/);
    assert.deepEqual(complaints, []);
  }),
);

test('the page can be installed: its manifest names icons that are there', { timeout: 60_000 }, () =>
  withPlayground(async ({ page }) => {
    const icons = await page.evaluate(async () => {
      const link = document.querySelector('link[rel="manifest"]').href;
      const manifest = await (await fetch(link)).json();
      return Promise.all(
        manifest.icons.map(async ({ src, sizes }) => {
          const image = new Image();
          image.src = new URL(src, link).href;
          await image.decode();
          return sizes === 'any' ? sizes : `${image.naturalWidth}x${image.naturalHeight}` === sizes;
        }),
      );
    });
    assert.deepEqual(icons, [true, true, 'any']);
  }),
);
