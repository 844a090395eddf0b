// Links that hold code, and snippets in other pages.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { withPlayground } from './page.mjs';

const fragment = (value) => `v1.${deflateRawSync(JSON.stringify(value)).toString('base64url')}`;
const heldBy = (link) => JSON.parse(inflateRawSync(Buffer.from(new URL(link).hash.replace('#v1.', ''), 'base64url')));
const shared = (more = {}) => ({
  title: 'Echo',
  description: 'It echoes.',
  files: [{ name: 'main.lua', text: 'Handlers.add("Echo", function(msg) msg.reply({ Data = msg.Data }) end)\n' }],
  steps: [{ says: 'Alice calls.', from: 'alice', tags: { Action: 'Echo' }, data: 'Hello', expected: {} }],
  ...more,
});

test('a link opens in a clean profile with its code and messages, and runs when Run is pressed', { timeout: 120_000 }, async () => {
  const link = await withPlayground(async ({ playground, page }) => {
    await playground.example('Ping-pong');
    return playground.link();
  });
  await withPlayground(async ({ playground, page, origin, complaints }) => {
    await page.goto(`${origin}/www/index.html${new URL(link).hash}`);
    await page.getByText('“Ping-pong” came with a link').waitFor();
    assert.equal(new URL(page.url()).hash, '', 'what is edited is not what the address says');
    await playground.status(/^Press Run/);
    assert.ok(await page.getByRole('button', { name: 'Send all' }).isDisabled(), 'nothing was run');
    assert.match(await playground.run(), /^Started ping and 1 more/);
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.getByText('✓ As the example says').nth(1).waitFor();
    assert.deepEqual(complaints, []);
  });
});

test('what came with a link starts nothing before Run is pressed, in the playground and embedded', { timeout: 120_000 }, async () => {
  // The playground keeps processes, and looks for them as it opens; what is embedded keeps none, and has no unit before.
  const started = { 'index.html': (page) => page.evaluate(storedProcesses), 'embed.html': async (page) => Math.min(1, page.workers().length) };
  for (const [name, processes] of Object.entries(started)) {
    await withPlayground(async ({ page, origin }) => {
      await page.goto('about:blank');
      await page.goto(`${origin}/www/${name}#${fragment(shared())}`);
      await page.getByRole('button', { name: 'Run', exact: true, disabled: false }).waitFor();
      // Whatever begins by itself has begun by then.
      await page.waitForTimeout(1000);
      assert.equal(await processes(page), 0, `${name}: something was started`);
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('status', { name: 'Run' }).filter({ hasText: /^Started/ }).waitFor();
      assert.equal(await processes(page), 1, name);
    });
  }
});

/** In the page: how many processes are in the database of the playground. */
async function storedProcesses() {
  const name = 'ao-unit-playground';
  if (!(await indexedDB.databases()).some((database) => database.name === name)) return 0;
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const counting = opening.result.transaction('processes').objectStore('processes').count();
      counting.onsuccess = () => {
        opening.result.close();
        resolve(counting.result);
      };
    };
  });
}

test('a link can hold what was sent to a process', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, origin }) => {
    await playground.example('Token');
    await playground.run();
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.getByText('✓ As the example says').nth(4).waitFor();
    const link = await playground.link('the messages that were sent to Token');
    await page.goto(`${origin}/www/embed.html${new URL(link).hash}`);
    await page.getByRole('listitem', { name: 'alice sends Transfer.' }).waitFor();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.getByText('Insufficient balance').first().waitFor();
  }),
);

test('a link that is damaged, of another version, too large, or something else says so, and leaves the code as it is', { timeout: 120_000 }, () =>
  withPlayground(async ({ page, origin }) => {
    const code = await page.getByRole('textbox', { name: 'Lua source' }).innerText();
    for (const [hash, says] of [
      ['v1.AAAA', /damaged/],
      ['v1.%%%', /damaged/],
      [`${fragment(shared()).slice(0, -20)}`, /damaged/],
      ['v9.abc', /version v9/],
      [fragment({}), /not what a playground shares/],
      [fragment([]), /no code/],
      [fragment(shared({ cast: { guest: 1000 } })), /not what a playground shares/],
      [fragment(shared({ steps: [{ says: 'x', call: 'fork', expected: {} }] })), /not what a playground shares/],
      [fragment(shared({ steps: Array(201).fill(shared().steps[0]) })), /not what a playground shares/],
      [fragment(shared({ files: [...shared().files, ...shared().files] })), /not what a playground shares/],
      [fragment(shared({ files: [...shared().files, { name: '../x', text: '' }] })), /not what a playground shares/],
      [`v1.${deflateRawSync('hello').toString('base64url')}`, /damaged/],
      [fragment(shared({ files: [{ name: 'main.lua', text: ' '.repeat(5_000_000) }] })), /more than 4,000,000 bytes/],
    ]) {
      await page.goto(`${origin}/www/index.html#${hash}`);
      const alert = page.getByRole('alert').filter({ hasText: says });
      await alert.waitFor();
      assert.equal(await page.getByRole('textbox', { name: 'Lua source' }).innerText(), code);
      await alert.getByRole('button', { name: 'Close' }).click();
    }
  }),
);

test('what comes with a link is text, whatever it says', { timeout: 120_000 }, () =>
  withPlayground(async ({ page, origin, complaints }) => {
    const script = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
    const evil = shared({ title: script, description: script, steps: [{ says: script, from: 'alice', tags: {}, expected: {} }] });
    await page.goto(`${origin}/www/index.html#${fragment(evil)}`);
    await page.getByRole('heading', { name: script }).waitFor();
    assert.equal(await page.title(), 'ao-unit playground');
    assert.equal(await page.locator('img').count(), 0);
    assert.deepEqual(complaints, []);
  }),
);

test('any page can hold a runnable snippet', { timeout: 120_000 }, () =>
  withPlayground(async ({ page, origin, complaints }) => {
    await page.goto(`${origin}/snippet/index.html`);
    const frame = page.frameLocator('iframe[title="Echo"]');
    await frame.getByRole('button', { name: 'Run', exact: true }).click();
    await frame.getByRole('status', { name: 'Run' }).filter({ hasText: /^Started Echo/ }).waitFor();
    await frame.getByRole('button', { name: 'Send: Alice calls.' }).click();
    await frame.getByText('→ alice Hello').waitFor();
    assert.deepEqual(complaints, []);
  }),
);

test('a link takes nobody’s code away: it is there after a second link and a reload', { timeout: 120_000 }, () =>
  withPlayground(async ({ page, origin }) => {
    const code = page.getByRole('textbox', { name: 'Lua source' });
    await code.fill('-- My own');
    await page.waitForTimeout(500);
    for (const title of ['First', 'Second']) {
      await page.goto(`${origin}/www/index.html#${fragment(shared({ title }))}`);
      await page.getByText(`“${title}” came with a link`).waitFor();
    }
    await page.reload();
    await page.getByRole('button', { name: 'Bring back my code' }).click();
    assert.equal(await code.innerText(), '-- My own');
    assert.equal(await page.getByRole('combobox', { name: 'Example' }).evaluate((one) => one.selectedOptions[0].label), 'Token');
  }),
);

test('what a link sends can be read, and goes to no process that its code did not start', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, origin }) => {
    await playground.example('Initialize');
    await playground.run();
    const evil = shared({ steps: [{ says: 'Greets.', from: 'owner', tags: { Action: 'Eval' }, data: 'State = nil', expected: {} }] });
    await page.goto(`${origin}/www/index.html#${fragment(evil)}`);
    await page.getByText('“Echo” came with a link').waitFor();
    await page.getByText('Its data').click();
    await page.getByText('State = nil').waitFor();
    await playground.view('Processes');
    await page.getByRole('listitem', { name: 'Initialize', exact: true }).getByRole('radio').check();
    await playground.view('Example');
    assert.ok(await page.getByRole('button', { name: 'Send: Greets.' }).isDisabled());
  }),
);

test('what a snippet opens in the playground is what was edited', { timeout: 120_000 }, () =>
  withPlayground(async ({ page, origin }) => {
    await page.goto(`${origin}/www/embed.html#${fragment(shared())}`);
    await page.getByRole('textbox', { name: 'Lua source' }).fill('-- edited');
    await page.waitForTimeout(500);
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Open in the playground' }).click(),
    ]);
    await opened.getByText('“Echo” came with a link').waitFor();
    assert.equal(await opened.getByRole('textbox', { name: 'Lua source' }).innerText(), '-- edited');
  }),
);

test('a link holds what was sent last, however long the log is, and not the code that Run loaded', { timeout: 180_000 }, () =>
  withPlayground(async ({ playground, page }) => {
    const noise = 'Handlers.add("Noise", function() end)\nif not Told then Told = true for _ = 1, 1100 do Send({ Target = ao.id, Action = "Noise" }) end end\n';
    await playground.write(noise);
    await playground.run();
    const panel = await playground.view('Messages');
    const send = async (action, data) => {
      await playground.compose({ action, data });
      await panel.getByRole('button', { name: 'Send', exact: true }).click();
      await panel.getByRole('listbox', { name: 'Messages' }).getByRole('option', { selected: true }).filter({ hasText: action }).waitFor();
    };
    await send('First', 'return {owner}, {other}');
    // Loaded, and then edited: the code of the messages is no longer in the editor.
    await playground.write(`${noise}-- once more`);
    assert.match(await playground.run(), /^Loaded into/);
    await playground.write(`${noise}-- edited since`);
    await page.reload();
    await playground.view('Messages');
    await send('Second', '');
    const { steps } = heldBy(await playground.link(/^the messages that were sent to /));
    assert.deepEqual(steps.map(({ tags }) => tags.Action), ['First', 'Second']);
    assert.equal(steps[0].data, 'return {brace}owner}, {other}', 'what was no template is none');
  }),
);

test('whoever sends has a name of their own in a link, wherever they occur', { timeout: 180_000 }, async () => {
  const link = await withPlayground(async ({ playground, page }) => {
    await playground.write(`
Seen = Seen or {}
Handlers.add("Greet", function(msg)
  Seen[#Seen + 1] = msg.From
  msg.reply({ Data = "To " .. (msg.Tags.Whom == Seen[1] and "the first" or "nobody") .. ", says " .. (msg.From == Seen[1] and "the first" or "another") })
end)
`);
    await playground.run();
    await page.getByRole('button', { name: /^Wallet/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Who signs' });
    for (const made of [2, 3]) {
      await dialog.getByRole('button', { name: 'New wallet' }).click();
      await dialog.getByRole('listitem').nth(made - 1).waitFor();
    }
    const addresses = await dialog.getByRole('listitem').locator('.address').allInnerTexts();
    const [, first, second] = addresses;
    await dialog.getByRole('radio', { name: 'This page signs' }).check();
    await dialog.getByRole('button', { name: 'Close' }).click();
    const panel = await playground.view('Messages');
    for (const [by, whom] of [[first, second], [second, first], [first, first]]) {
      await panel.getByRole('combobox', { name: 'As', exact: true }).selectOption({ value: by });
      await playground.compose({ action: 'Greet', data: `from ${by}` });
      if ((await panel.getByLabel('Name of tag 1').count()) === 0) await panel.getByRole('button', { name: 'Add a tag' }).click();
      await panel.getByLabel('Name of tag 1').fill('Whom');
      await panel.getByLabel('Value of tag 1').fill(whom);
      await panel.getByRole('button', { name: 'Send', exact: true }).click();
      await panel.getByRole('region', { name: 'Message', exact: true }).getByText(`from ${by}`).waitFor();
      await playground.sent();
    }
    const made = await playground.link(/^the messages that were sent to /);
    const { steps } = heldBy(made);
    assert.deepEqual(
      steps.map(({ from, tags: { Whom }, data }) => [from, Whom, data]),
      [
        ['someone-1', '{someone-2}', 'from {someone-1}'],
        ['someone-2', '{someone-1}', 'from {someone-2}'],
        ['someone-1', '{someone-1}', 'from {someone-1}'],
      ],
    );
    assert.ok(!addresses.some((address) => JSON.stringify(steps).includes(address)), 'nobody’s address goes along');
    return made;
  });
  await withPlayground(async ({ playground, page, origin, complaints }) => {
    await page.goto(`${origin}/www/index.html${new URL(link).hash}`);
    await playground.run();
    await page.getByRole('button', { name: 'Send all' }).click();
    const lines = page.getByRole('list', { name: 'Messages of the example' }).getByRole('listitem');
    await lines.nth(0).getByText('→ someone-1 To nobody, says the first').waitFor();
    await lines.nth(1).getByText('→ someone-2 To the first, says another').waitFor();
    await lines.nth(2).getByText('→ someone-1 To the first, says the first').waitFor();
    assert.deepEqual(complaints, []);
  });
});
