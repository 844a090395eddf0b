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
      assert.doesNotMatch(policy.replace("style-src-attr 'unsafe-inline'", ''), /unsafe-inline|'unsafe-eval'/, name);
      // Histories are posted from one page alone.
      assert.equal(/connect-src 'self' https:/.test(policy), name === 'index.html', name);
      assert.equal(/connect-src 'self'(;|$)/.test(policy), name !== 'index.html', name);

      const { ran, refused } = await page.evaluate(tryAll);
      assert.deepEqual(ran, [], `${name}: text became code`);
      assert.deepEqual([...new Set(refused)].sort(), ['script-src-attr', 'script-src-elem', 'script-src'].sort(), name);
    }
  }),
);

test('nothing that a visitor does is refused by the policy, and the unit’s worker has it, too', { timeout: 120_000 }, async () => {
  const visit = { refused: [] };
  await withPlayground(async ({ playground, page }) => {
    page.on('console', (message) => /Content.Security.Policy/.test(message.text()) && visit.refused.push(message.text()));
    await page.reload();
    await playground.run();
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.getByText('✓ As the example says').nth(4).waitFor();
    for (const view of ['Console', 'Messages', 'State', 'Time', 'Processes']) await playground.view(view);
    const source = page.getByRole('textbox', { name: 'Lua source' });
    await source.press('Control+a');
    await page.keyboard.type('-- typed over');
    await source.press('Control+f');
    visit.workers = await Promise.all(page.workers().map((worker) => worker.evaluate(tryInWorker)));
  });
  assert.deepEqual(visit.refused, []);
  assert.ok(visit.workers.length >= 1, 'the unit is in a worker');
  for (const ran of visit.workers) assert.deepEqual(ran, { eval: 'EvalError', Function: 'EvalError', wasm: 'ran', elsewhere: 'connect-src' });
});

test('a worker of a host that sends no headers has no policy', { timeout: 120_000 }, () =>
  withPlayground(
    async ({ playground, page }) => {
      await playground.run();
      const ran = await page.workers()[0].evaluate(tryInWorker);
      assert.deepEqual({ ...ran, elsewhere: undefined }, { eval: 'ran', Function: 'ran', wasm: 'ran', elsewhere: undefined });
    },
    { sendsHeaders: false },
  ),
);

/** In a worker: whether text, and wasm, become code there, and whether it reaches other hosts. */
async function tryInWorker() {
  const refused = new Promise((resolve) => self.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => effectiveDirective === 'connect-src' && resolve(effectiveDirective)));
  const attempt = async (run) => {
    // Called by the browser: what is evaluated from outside would be allowed to.
    await new Promise((resolve) => setTimeout(resolve));
    try {
      await run();
      return 'ran';
    } catch (error) {
      return error.name;
    }
  };
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  const fetched = fetch('https://elsewhere.example/').then(() => 'ran', () => new Promise((resolve) => setTimeout(resolve, 300, 'no network')));
  return {
    eval: await attempt(() => (0, eval)('1')),
    Function: await attempt(() => new Function('return 1')()),
    wasm: await attempt(() => WebAssembly.instantiate(empty)),
    elsewhere: await Promise.race([refused, fetched]),
  };
}

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
