// What the documents show, run: the snippets of each as one program.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { startBundler } from './bundler.mjs';
import { inBrowser } from './page.mjs';
import { logged, snippets } from './snippets.mjs';

const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

inBrowser('README', async (part, { page, complaints }) => {
  const bundler = await startBundler();
  try {
    await part('its snippets do what they say', async () => {
      const [, section] = (await read('README.md')).split('## Everything the unit can do');
      const { program, expected } = snippets(section.split('\n## ')[0]);
      const standIns = program
        .replace('https://bundler.example', bundler.url)
        .replace('window.arweaveWallet', `await (await import('/pkg/wallet.js')).pageWallet()`);
      assert.ok(expected.length > 5);
      assert.deepEqual(await logged(page, standIns), expected);
      assert.equal(bundler.posted.length, 1);
    });
    assert.deepEqual(complaints, []);
  } finally {
    await bundler.close();
  }
});

inBrowser('documents for who begins', async (part, { page, open, complaints }) => {
  for (const path of ['docs/getting-started.md', 'pkg/README.md']) {
    await part(`the snippets of ${path} do what they say`, async () => {
      const sections = (await read(path)).split('\n## ').map(snippets);
      const programs = sections.filter(({ program }) => program !== '');
      assert.ok(programs.length > 0);
      for (const { program, expected } of programs) {
        await open();
        assert.ok(expected.length > 0);
        assert.deepEqual(await logged(page, program), expected);
      }
    });
  }
  assert.deepEqual(complaints, []);
});
