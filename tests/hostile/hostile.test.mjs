// Hostile Lua, entry by entry, in Node and in a page: what is stated of it happens, nobody else comes to harm, and both
// come to the same by the same gas.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openTestUnit } from 'ao-unit/test';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';
import { memoryOf, watchedRenderers } from '../demo/system.mjs';
import { aftermath, attack, stage } from './attack.mjs';
import { FILES, entriesOf } from './corpus.mjs';

/** Eight processes of 64 MB may be live here: what a tab has beside them, and what Node has, is not as much again. */
const MOST_BYTES = 1_000_000_000;
const HERE = { '/hostile/': fileURLToPath(new URL('.', import.meta.url)) };
const corpus = await Promise.all(
  FILES.map(async (file) => [file, entriesOf(await readFile(new URL(`${file}.lua`, import.meta.url), 'utf8'))]),
);
/** What came of each entry in Node, by its title, as JSON. */
const inNode = new Map();

/** Milliseconds that the processors worked for this program, whatever else they do. */
const ownTime = () => Object.values(process.cpuUsage()).reduce((sum, microseconds) => sum + microseconds / 1000, 0);

test('the corpus has a hundred entries', () => {
  assert.ok(corpus.flatMap(([, entries]) => entries).length >= 100);
});

for (const [file, entries] of corpus) {
  test(`${file}: what is stated of each happens, and nobody else comes to harm`, { timeout: 300_000 }, async (t) => {
    const staged = await stage(openTestUnit, t, ownTime);
    let [longest, most] = [0, 0];
    for (const entry of entries) {
      await t.test(entry.title, { timeout: 60_000 }, async (t) => {
        const { wrong, came, took, waited } = await attack(staged, entry);
        inNode.set(entry.title, JSON.stringify(came));
        longest = Math.max(longest, waited);
        if (took > 1000) t.diagnostic(`${Math.round(took)} ms`);
        most = Math.max(most, memoryOf(process.pid));
        assert.deepEqual(wrong, []);
      });
    }
    t.diagnostic(`an onlooker waited for ${Math.round(longest)} ms at most, and Node had ${Math.round(most / 1e6)} MB`);
    assert.ok(most < MOST_BYTES, `Node had ${most} bytes`);
    assert.deepEqual(await aftermath(staged), []);
  });
}

test('a machine has nothing of its host to call: it imports a memory, and no function', async () => {
  const bytes = await readFile(new URL('../../pkg/dist/wasm/machine.wasm', import.meta.url));
  const imports = WebAssembly.Module.imports(await WebAssembly.compile(bytes));
  assert.deepEqual(imports.map(({ kind }) => kind), ['memory']);
});

test('in a page the corpus comes to the same, by the same gas, and does no harm to it', { timeout: 600_000 }, (t) =>
  withBrowser(
    async ({ page, origin, complaints }) => {
      await page.goto(`${origin}/hostile/page.html`);
      await page.waitForFunction(() => globalThis.hostile !== undefined);
      const before = await page.evaluate(surroundings);
      const memory = watchedRenderers(250);
      for (const file of FILES) {
        await t.test(file, { timeout: 300_000 }, async () => {
          const { wrong, came } = await page.evaluate(run, file);
          assert.deepEqual(wrong, []);
          for (const [title, what] of came) assert.equal(what, inNode.get(title), title);
        });
      }
      const most = memory.end();
      t.diagnostic(`the tab had ${Math.round(most / 1e6)} MB at most`);
      assert.ok(most > 0 && most < MOST_BYTES, `the tab had ${most} bytes`);
      assert.deepEqual(await page.evaluate(surroundings), before, 'what the page had is what it has');
      assert.deepEqual(complaints, []);
    },
    { folders: { ...HERE, ...FOLDERS } },
  ),
);

/** In the page: what is not as it should be, and what came of each entry. */
async function run(file) {
  const { aftermath, attack, entriesOf, stage } = hostile;
  const entries = entriesOf(await (await fetch(`/hostile/${file}.lua`)).text());
  const ends = [];
  // A page has no clock of its own work: what takes too long is found in Node, and here what hangs.
  const patient = () => performance.now() / 10;
  const staged = await stage(hostile.openTestUnit, { after: (end) => ends.push(end) }, patient);
  const [all, came] = [[], []];
  for (const entry of entries) {
    const what = await attack(staged, entry);
    all.push(...what.wrong.map((wrong) => `${entry.title}: ${wrong}`));
    came.push([entry.title, JSON.stringify(what.came)]);
  }
  all.push(...(await aftermath(staged)));
  for (const end of ends) await end();
  return { wrong: all, came };
}

/** In the page: what a process could have reached, if it could reach anything. */
function surroundings() {
  return {
    title: document.title,
    elements: document.querySelectorAll('*').length,
    globals: Object.keys(globalThis).sort(),
    stored: localStorage.length,
    prototypes: [Object, Array, String, Promise].map(({ prototype }) => Object.getOwnPropertyNames(prototype).length),
  };
}
