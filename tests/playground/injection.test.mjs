// Markup in whatever comes from somebody else: it is shown as text, in each place, and nothing of it becomes an element.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { withPlayground } from './page.mjs';

const patient = { timeout: 120_000 };
const MARKUP = '<img src=x onerror=owned=1><script>owned=1</script><b data-owned>';
/** As it stands in HTML that means the text. */
const QUOTED = MARKUP.replaceAll('<', '&lt;');
const fragment = (value) => `v1.${deflateRawSync(JSON.stringify(value)).toString('base64url')}`;

/** The markup is in the page as text, in as many places at least; and nowhere, nor in a frame, as what it would be. */
async function isText(page, within = page, places = 1) {
  if (places > 0) await within.getByText(MARKUP).filter({ visible: true }).nth(places - 1).waitFor();
  for (const frame of page.frames()) {
    const elements = frame.locator('img, [onerror], [data-owned], script:not([src]):not([type^="text/lua"]):not([type="application/json"])');
    assert.deepEqual(await elements.evaluateAll((all) => all.map(({ outerHTML }) => outerHTML)), []);
    assert.equal(await frame.evaluate(() => globalThis.owned), undefined);
  }
}

test('values, keys and handlers of a process are text', patient, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.write(`
Value = [[${MARKUP}]]
Keys = { [ [[${MARKUP}]] ] = 1 }
Handlers.add([[${MARKUP}]], "Set", function(msg) Value = msg.Data end)`);
    await playground.run();
    const panel = await playground.view('State');
    const tree = panel.getByRole('tree', { name: 'Globals' });
    await tree.getByRole('treeitem', { name: /^Keys/ }).click();
    await isText(page, tree, 2);
    await panel.getByRole('searchbox', { name: 'Search state' }).fill('data-owned');
    await isText(page, panel.getByRole('list', { name: 'Found' }));
    await playground.view('Messages');
    await playground.compose({ action: 'Set', data: `${MARKUP}, again` });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await playground.sent();
    await isText(page, page.getByRole('tabpanel', { name: 'Messages' }));
    await playground.view('State');
    await isText(page, panel.getByRole('region', { name: 'Changes' }), 2);
    assert.deepEqual(complaints, []);
  }),
);

test('names of processes are text, whether a process or the visitor gave them', patient, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.write(`if not Made then Made = true Spawn({ Name = [[${MARKUP}]] }) end`);
    await playground.run();
    await playground.view('Processes');
    await page.getByRole('listitem', { name: MARKUP, exact: true }).waitFor();
    await isText(page, page.getByRole('tabpanel', { name: 'Processes' }));
    await page.getByRole('listitem', { name: MARKUP, exact: true }).getByRole('radio').check();
    await isText(page, page.getByRole('tabpanel', { name: 'Processes' }));
    await page.getByText(`More about ${MARKUP}`).click();
    const call = page.getByRole('listitem', { name: MARKUP, exact: true }).getByLabel('Call it');
    await call.fill(`Called ${MARKUP}`);
    await call.press('Tab');
    await page.getByRole('listitem', { name: `Called ${MARKUP}`, exact: true }).waitFor();
    await isText(page);
    for (const view of ['Console', 'Messages', 'State', 'Time']) {
      await playground.view(view);
      await isText(page, page, 0);
    }
    assert.deepEqual(complaints, []);
  }),
);

test('errors are text, where Run says them, in the console and in the messages', patient, () =>
  withPlayground(async ({ playground, page }) => {
    await playground.write(`Handlers.add("Fail", "Fail", function() error([[${MARKUP}]], 0) end)`);
    await playground.run();
    await playground.view('Messages');
    await playground.compose({ action: 'Fail' });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    assert.match(await playground.sent(), /^Sent, and it failed/);
    await isText(page, page.getByRole('tabpanel', { name: 'Messages' }));
    await playground.view('Console');
    const prompt = page.getByRole('textbox', { name: 'Lua for the process' });
    await prompt.fill(`error([[${MARKUP}]], 0)`);
    await prompt.press('Enter');
    await isText(page, page.getByRole('tabpanel', { name: 'Console' }), 2);
    await playground.write(`error([[${MARKUP}]], 0)`);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await isText(page, page.getByRole('status', { name: 'Run' }));
  }),
);

test('what a link sends is text before it is sent: names and values of tags, data, what is looked at', patient, () =>
  withPlayground(async ({ page, origin, complaints }) => {
    const tags = { Action: `Action ${MARKUP}`, [`Name ${MARKUP}`]: 'value', name: `Value ${MARKUP}` };
    const reads = { process: { [`Lua ${MARKUP}`]: `Answer ${MARKUP}` } };
    const shared = {
      title: `Title ${MARKUP}`,
      description: `Description ${MARKUP}`,
      files: [{ name: 'main.lua', text: `-- Code ${MARKUP}\n` }],
      steps: [{ says: `Says ${MARKUP}`, from: 'alice', tags, data: `Data ${MARKUP}`, expected: { reads } }],
    };
    await page.goto(`${origin}/www/index.html#${fragment(shared)}`);
    await page.getByRole('heading', { name: `Title ${MARKUP}` }).waitFor();
    await page.getByText('Its data').click();
    for (const part of ['Title', 'Description', 'Code', 'Says', 'Action', 'Name', 'Value', 'Data', 'Lua']) {
      await page.getByText(`${part} ${MARKUP}`).filter({ visible: true }).first().waitFor();
    }
    await isText(page, page, 7);
    assert.deepEqual(complaints, []);
  }),
);

test('a snippet is text, in its page and in its frame: title, code, messages and what goes wrong', patient, () => {
  const steps = [{ says: `Says ${MARKUP}`, from: 'alice', tags: { Action: 'Fail', [`Name ${MARKUP}`]: 'value' }, expected: {} }];
  const html = `<!doctype html><title>Around</title><link rel="icon" href="data:," /><script type="module" src="/www/ao-playground.js"></script>
    <ao-playground title="Title ${QUOTED}">
      -- Code ${QUOTED}
      Handlers.add("Fail", function() error([[Failed ${QUOTED}]], 0) end)
      <script type="application/json">${JSON.stringify(steps).replaceAll('<', '\\u003c')}</script>
    </ao-playground>`;
  const around = (_request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
  return withPlayground(
    async ({ page, origin }) => {
      await page.goto(`${origin}/around`);
      assert.equal(await page.locator('iframe').getAttribute('title'), `Title ${MARKUP}`);
      const frame = page.frameLocator('iframe');
      await frame.getByRole('heading', { name: `Title ${MARKUP}` }).waitFor();
      await frame.getByRole('button', { name: 'Run', exact: true }).click();
      await frame.getByRole('status', { name: 'Run' }).filter({ hasText: /^Started/ }).waitFor();
      await frame.getByRole('button', { name: `Send: Says ${MARKUP}` }).click();
      for (const part of ['Code', 'Says', 'Name', 'Failed']) await frame.getByText(`${part} ${MARKUP}`).first().waitFor();
      await isText(page, frame, 5);
    },
    { routes: { '/around': around } },
  );
});
