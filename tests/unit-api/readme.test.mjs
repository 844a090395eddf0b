// The snippets of README's “Everything the unit can do”, run one after the other as one program.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { startBundler } from './bundler.mjs';
import { inBrowser } from './page.mjs';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const [, section] = readme.split('## Everything the unit can do');
const snippets = [...section.split('\n## ')[0].matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code).join('\n');

/** What the comments say that is logged. */
const expected = [...snippets.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map(([, said]) => said);

const imports = /^import (\{.*\}) from '(.*)';$/gm;
const scripts = { 'ao-unit': '/pkg/index.js', 'ao-unit/unit': '/pkg/unit.js' };

inBrowser('README', async (part, { page, complaints }) => {
  const bundler = await startBundler();
  try {
    await part('its snippets do what they say', async () => {
      const logged = [];
      page.on('console', (message) => message.type() === 'log' && logged.push(message.text()));
      const program = snippets
        .replace(imports, (_, names, from) => `const ${names} = await import('${scripts[from]}');`)
        .replace('https://bundler.example', bundler.url)
        .replace('window.arweaveWallet', `await (await import('/pkg/wallet.js')).pageWallet()`);
      await page.evaluate(`(async () => { ${program} })()`);
      assert.ok(expected.length > 5);
      assert.deepEqual(logged, expected);
      assert.equal(bundler.posted.length, 1);
    });
    assert.deepEqual(complaints, []);
  } finally {
    await bundler.close();
  }
});
