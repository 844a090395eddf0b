// What goes wrong, and what the page says of it.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { withPlayground } from './page.mjs';

const LIMIT = { timeout: 120_000 };

test('code that the browser has no room for is not lost without a word, and is kept when there is room', LIMIT, async () =>
  withPlayground(async ({ page, playground }) => {
    await page.evaluate(() => {
      // Halves, until not one character more goes in.
      let filler = 'x'.repeat(8_000_000);
      let all = '';
      for (; filler.length > 0; filler = filler.slice(0, filler.length >> 1)) {
        try {
          localStorage.setItem('filler', all + filler);
          all += filler;
        } catch {
          // The half of it may fit.
        }
      }
    });
    await playground.write('return "there is no room for this"');
    const alert = page.getByRole('alert').filter({ hasText: /PAGE_QUOTA: .* not kept.*“Share”/ });
    await alert.waitFor();
    await page.evaluate(() => localStorage.removeItem('filler'));
    await playground.write('return "there is room for this"');
    await alert.waitFor({ state: 'detached' });
    await page.reload();
    assert.match(await page.getByRole('textbox', { name: 'Lua source' }).innerText(), /there is room for this/);
  }),
);

test('a unit whose worker died says so, and opens again with all that was acknowledged', LIMIT, async () =>
  withPlayground(async ({ page, playground }) => {
    assert.match(await playground.run(), /^Started Token/);
    await tell(page, 'die');
    const failed = page.getByRole('alert').filter({ hasText: /The unit of this page is not open\. CRASHED: .*What was acknowledged is stored/ });
    await failed.waitFor();
    await failed.getByRole('button', { name: 'Open it again' }).click();
    await failed.waitFor({ state: 'detached' });
    assert.match(await playground.run(), /^Loaded into Token/, 'the process is there');
    assert.equal(await page.getByRole('alert').count(), 0, 'what is over is not told any more');
  }, { routes: await workerThat() }),
);

test('a disk that is full is told with what to do, and the page goes on when there is room', LIMIT, async () =>
  withPlayground(async ({ page, playground }) => {
    assert.match(await playground.run(), /^Started Token/);
    await tell(page, 'full');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const alert = page.getByRole('alert').filter({ hasText: /STORE_QUOTA: .*Export what you want to keep/ });
    await alert.waitFor();
    await tell(page, 'empty');
    await alert.getByRole('button', { name: 'Close' }).click();
    assert.equal(await alert.count(), 0);
    assert.match(await playground.run(), /^Loaded into Token/);
  }, { routes: await workerThat() }),
);

/** The built worker of the unit, which a test can have die, or find a full disk. */
async function workerThat() {
  const assets = new URL('../../www/dist/assets/', import.meta.url);
  const [name] = (await readdir(assets)).filter((one) => /^worker-.*\.js$/.test(one));
  const source = `${await readFile(new URL(name, assets), 'utf8')}\n(${obeying})();\n`;
  return {
    [`/www/assets/${name}`]: (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/javascript' });
      response.end(source);
    },
  };
}

/** In the worker. */
function obeying() {
  let isFull = false;
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...of) {
    if (isFull) throw new DOMException('the disk is full', 'QuotaExceededError');
    return put.apply(this, of);
  };
  new BroadcastChannel('trouble').onmessage = ({ data }) => {
    isFull = data === 'full';
    if (data === 'die') throw new Error('the worker was killed');
  };
}

function tell(page, what) {
  return page.evaluate((what) => new BroadcastChannel('trouble').postMessage(what), what);
}
