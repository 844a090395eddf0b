// A process as it was after any of its messages.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPlayground } from './page.mjs';

const patient = { timeout: 120_000 };

test('the slider brings back earlier balances, any two states are compared, and a fork goes on from there', patient, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.run();
    await playground.send('The owner, who holds all, gives Alice 1,000.');
    await playground.send('Alice gives Bob a quarter of it.');
    const panel = await playground.view('Time');
    const tree = panel.getByRole('tree', { name: 'Globals' });
    const slider = panel.getByRole('slider', { name: 'After message' });
    const said = panel.getByRole('status', { name: 'Time' });
    const changes = panel.getByRole('region', { name: 'Changes' });
    await said.getByText('The state after message 2.').waitFor();
    await tree.getByRole('treeitem', { name: /^Balances table, 3 entries/ }).click();
    await tree.getByRole('treeitem', { name: / 750 changed, was 1000$/ }).waitFor();
    await tree.getByRole('treeitem', { name: / 250 new$/ }).waitFor();

    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await said.getByText('The state after message 1.').waitFor();
    assert.match(await slider.getAttribute('aria-valuetext'), /^message 1 \(Transfer\), \d+:\d\d/);
    await tree.getByRole('treeitem', { name: / 1000 new$/ }).waitFor();
    assert.equal(await tree.getByRole('treeitem', { name: / 250$/ }).count(), 0);
    await page.keyboard.press('Home');
    await changes.getByText('The process begins here').waitFor();
    await tree.getByRole('treeitem', { name: /^\S{43,45} .*1000000000000000000\.0$/ }).waitFor();

    await panel.getByRole('spinbutton', { name: 'Compare with message' }).fill('2');
    await changes.getByText(/^From message 2 \(Transfer\) to message 0 .*: 3 values changed/).waitFor();
    assert.equal(await changes.getByRole('listitem').filter({ hasText: 'removed' }).count(), 2);
    await panel.getByRole('spinbutton', { name: 'Compare with message' }).fill('');

    await panel.getByRole('button', { name: 'The message after' }).click();
    await said.getByText('The state after message 1.').waitFor();
    await panel.getByRole('button', { name: 'Continue from here' }).click();
    await panel.getByRole('status', { name: 'Continue from here' }).getByText('is selected now').waitFor();
    await changes.getByText(/^From message 0 .* to message 1 \(Transfer\): 2 values changed/).waitFor();

    // What is run in the fork is its own.
    await playground.write('for holder in pairs(Balances) do Balances[holder] = 7 end');
    await playground.run();
    await said.getByText('The state after message 2.').waitFor();
    await tree.getByRole('treeitem', { name: / 7 changed, was 1000$/ }).waitFor();
    assert.deepEqual(complaints, []);
  }),
);

test('handlers and inbox are those of the message that the slider is at', patient, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.write('Handlers.add("Early", "Early", function() end)');
    await playground.run();
    await playground.write('Handlers.add("Late", "Late", function() end)');
    await playground.run();
    await playground.view('Messages');
    await playground.compose({ action: 'Unknown' });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await playground.sent();
    const panel = await playground.view('Time');
    const handlers = panel.getByRole('region', { name: 'List of handlers' });
    const inbox = panel.getByRole('region', { name: 'Inbox' });
    await handlers.getByRole('row', { name: /^Late / }).waitFor();
    await inbox.getByText('Inbox, 2 messages').waitFor();
    await panel.getByRole('slider', { name: 'After message' }).focus();
    await page.keyboard.press('Home');
    await inbox.getByText('Inbox, 1 message', { exact: true }).waitFor();
    await handlers.getByRole('row', { name: /^Early / }).waitFor();
    await handlers.getByRole('row', { name: /^Late / }).waitFor({ state: 'detached' });
    assert.deepEqual(complaints, []);
  }),
);
