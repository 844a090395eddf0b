// Stubs of the wallets in use, in Chromium, with the real aoconnect over ao-unit/fetch and with ao-unit.

import { test } from 'node:test';
import { withBrowser } from '../demo/browser.mjs';
import { exposeKeys, jwk } from '../wallet/keys.mjs';
import { differing } from './differing.mjs';

test('wallets, with both libraries', { timeout: 300_000 }, (t) =>
  withBrowser(async ({ page, origin }) => {
    await exposeKeys(page);
    await page.goto(`${origin}/drop-in/page/`);
    const call = (name, ...given) =>
      page.evaluate(async ([name, given]) => (await import('/drop-in/page/wallets.js'))[name](...given), [name, given]);
    const names = await page.evaluate(async () => (await import('/drop-in/page/wallets.js')).names);
    const { compare, done } = differing('wallets');
    for (const name of names) {
      const steps = {
        [`${name} signs a message`]: () => call('compare', name, { jwk }),
        [`${name} signs a spawn`]: () => call('spawn', name, { jwk }),
      };
      if (!['first', 'second', 'jwk', 'quickWallet'].includes(name)) {
        steps[`${name} is refused permission`] = () => call('compare', name, { refuse: 'permission' });
        steps[`${name} is refused a signature`] = () => call('compare', name, { refuse: 'signature' });
      }
      for (const [what, step] of Object.entries(steps)) await t.test(what, async () => compare(what, await step()));
    }
    await done();
  }),
);
