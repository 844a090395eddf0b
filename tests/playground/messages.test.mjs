// Messages: written, followed and looked into, as a visitor does it.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPlayground } from './page.mjs';

test('a message that is composed is sent, and its outcome is shown', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.example('Token');
    await playground.run();
    const panel = await playground.view('Messages');
    await playground.compose({ action: 'Transfer', tags: { Recipient: 'bob', Quantity: '5' } });
    await panel.getByRole('button', { name: 'Send', exact: true }).click();
    assert.match(await playground.sent(), /^Sent: evaluated, 2 messages sent by it, [\d,]+ gas$/);
    const cameTo = panel.getByRole('region', { name: 'What it came to' });
    assert.match(await cameTo.getByRole('list', { name: 'Messages' }).innerText(), /to bob\s+Tokens received/);

    const row = panel.getByRole('option', { name: /Transfer/ });
    assert.match(await row.innerText(), /evaluated[^]*#1[^]*Transfer from This page[^]*gas[^]*\d\d:\d\d:\d\d/);
    assert.equal(await row.getAttribute('aria-selected'), 'true');
    const inspector = panel.getByRole('region', { name: 'Message', exact: true });
    assert.match(await inspector.getByRole('table', { name: 'Tags', exact: true }).innerText(), /Recipient\s+bob\nQuantity\s+5/);
    await inspector.getByRole('region', { name: 'Outcome' }).getByText('Tokens received').waitFor();

    await inspector.getByRole('button', { name: 'Copy it to the composer' }).click();
    assert.equal(await panel.getByLabel('Value of tag 2').inputValue(), '5');
    await panel.getByRole('button', { name: 'Remove tag 2' }).click();
    assert.equal(await panel.getByLabel('Value of tag 2').count(), 0);
    assert.deepEqual(complaints, []);
  }),
);

test('a dry run shows what a message would come to, and leaves no trace', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground }) => {
    await playground.example('Token');
    await playground.run();
    const panel = await playground.view('Messages');
    await playground.compose({ action: 'Transfer', tags: { Recipient: 'bob', Quantity: '5' } });
    await panel.getByRole('button', { name: 'Dry run' }).click();
    assert.match(await playground.sent(), /^Dry run: evaluated, 2 messages/);
    assert.equal(await panel.getByRole('option', { name: /Transfer/ }).count(), 0);
  }),
);

test('who signs a message is chosen, and it may go to any process', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page }) => {
    await playground.example('Token');
    await playground.run();
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.getByText('✓ As the example says').nth(4).waitFor();
    const panel = await playground.view('Messages');
    await panel.getByLabel('As', { exact: true }).selectOption({ label: 'alice' });
    await playground.compose({ action: 'Transfer', tags: { Recipient: 'bob', Quantity: '1' } });
    await panel.getByRole('button', { name: 'Send', exact: true }).click();
    await playground.sent();
    assert.match(await panel.getByRole('option', { selected: true }).innerText(), /Transfer from alice/);
    await panel.getByLabel('To', { exact: true }).selectOption({ label: 'another address…' });
    await panel.getByLabel('Address').fill('nobody-is-here');
    await panel.getByRole('button', { name: 'Send', exact: true }).click();
    assert.match(await playground.sent(), /^PROCESS_NOT_FOUND: .*nobody-is-here/);
  }),
);

test('a message that fails is shown as failed, with the way to the line', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.example('Token');
    await playground.run();
    const panel = await playground.view('Messages');
    await playground.compose({ action: 'Transfer', tags: { Recipient: 'bob', Quantity: 'many' } });
    await panel.getByRole('button', { name: 'Send', exact: true }).click();
    assert.match(await playground.sent(), /^Sent, and it failed: .*compare/);
    await panel.getByRole('option', { name: /failed/ }).waitFor();
    const outcome = panel.getByRole('region', { name: 'Outcome' });
    assert.match(await outcome.getByLabel('Error').innerText(), /attempt to compare/);
    await outcome.getByRole('button', { name: 'main.lua, line 14' }).click();
    const line = page.locator('.cm-activeLine');
    await line.filter({ hasText: 'if Balances[msg.From]' }).waitFor();
    assert.deepEqual(complaints, []);
  }),
);

test('data is shown as text, as JSON and as bytes, and never as markup', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.example('Token');
    await playground.run();
    const panel = await playground.view('Messages');
    const script = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>';
    await playground.compose({ action: script, tags: { [script]: script }, data: JSON.stringify({ é: [1, script] }) });
    await panel.getByRole('button', { name: 'Send', exact: true }).click();
    await playground.sent();
    const inspector = panel.getByRole('region', { name: 'Message', exact: true });
    const data = inspector.getByLabel('Data', { exact: true });
    await data.filter({ hasText: `{"é":[1,"<img` }).waitFor();
    const forms = inspector.getByRole('group', { name: 'How Data is shown' });
    await forms.getByRole('button', { name: 'JSON' }).click();
    assert.match(await data.innerText(), /^{\n  "é": \[\n    1,\n    "<img/);
    await forms.getByRole('button', { name: 'Hex' }).click();
    assert.match(await data.innerText(), /^00000000  7b 22 c3 a9 22 3a 5b 31 2c 22 3c 69 6d 67 20 73  \{"\.\.":\[1,"<img s\n/);
    assert.equal(await page.title(), 'ao-unit playground');
    assert.equal(await page.locator('img').count(), 0);
    assert.deepEqual(complaints, []);
  }),
);

test('the tree of a message goes across processes, by keyboard too', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.example('Ping-pong');
    await playground.run();
    await page.getByRole('button', { name: 'Send all' }).click();
    await page.getByText('✓ As the example says').nth(1).waitFor();
    const panel = await playground.view('Messages');
    await panel.getByLabel('Messages of').selectOption({ label: 'Of all processes' });
    await panel.getByRole('option').last().waitFor();
    await panel.getByRole('listbox', { name: 'Messages' }).focus();
    await page.keyboard.press('Home');
    const tree = panel.getByRole('tree', { name: 'What it set off' });
    await tree.getByRole('treeitem').first().waitFor();
    console.log(await tree.innerText());
    assert.deepEqual(complaints, []);
  }),
);
