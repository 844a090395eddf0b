// What the pages are allowed to load and run, as the browser sees it.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { withPlayground } from './page.mjs';

const DIST = new URL('../../www/dist/', import.meta.url);

test('every page runs its own files and wasm, and no text', { timeout: 120_000 }, () =>
  withPlayground(async ({ page, origin }) => {
    const pages = (await readdir(DIST)).filter((name) => name.endsWith('.html'));
    assert.ok(pages.includes('index.html') && pages.includes('embed.html'));
    for (const name of pages) {
      const html = await readFile(new URL(name, DIST), 'utf8');
      assert.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<script'), `${name}: the policy comes first`);
      await page.goto(`${origin}/www/${name}`);
      const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
      const [, scripts] = /(?:^|; )script-src ([^;]*)/.exec(policy) ?? [];
      assert.equal(scripts, "'self' 'wasm-unsafe-eval'", name);
      assert.match(policy, /^default-src 'none'/, name);

      const { ran, refused } = await page.evaluate(tryAll);
      assert.deepEqual(ran, [], `${name}: text became code`);
      assert.deepEqual([...new Set(refused)].sort(), ['script-src-attr', 'script-src-elem', 'script-src'].sort(), name);
    }
  }),
);

/** In the page: tries to have text run in every way there is; answers what ran, and by which rules what was refused. */
async function tryAll() {
  const refused = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => refused.push(effectiveDirective));
  globalThis.ran = [];
  const add = (name, attributes, text = '') => {
    const element = Object.assign(document.createElement(name), { textContent: text });
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    document.body.append(element);
    return element;
  };
  add('script', {}, 'ran.push("a script")');
  add('script', { type: 'module' }, 'ran.push("a module")');
  add('script', { src: 'data:text/javascript,ran.push("a script of data")' });
  add('script', { src: URL.createObjectURL(new Blob(['ran.push("a script of a blob")'])) });
  add('script', { src: 'https://elsewhere.example/script.js' });
  add('img', { src: 'nothing:', onerror: 'ran.push("an attribute")' });
  add('a', { href: 'javascript:ran.push("a link")' }).click();
  add('iframe', { srcdoc: '<script>parent.ran.push("a frame")</script>' });
  // Called by the browser: what is evaluated from outside would be allowed to.
  setTimeout('ran.push("a text for a timer")');
  const until = performance.now() + 2000;
  while (performance.now() < until && new Set(refused).size < 3) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { ran, refused: refused.filter((directive) => directive.startsWith('script-src')) };
}
