// The state of a process, as the visitor sees it.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPlayground } from './page.mjs';

const patient = { timeout: 120_000 };

test('what a transfer changed is marked, with the balance before and after', patient, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.run();
    const panel = await playground.view('State');
    const tree = panel.getByRole('tree', { name: 'Globals' });
    await tree.getByRole('treeitem', { name: /Ticker "MTK"/ }).waitFor();
    await tree.getByRole('treeitem', { name: /^Balances/ }).click();
    await tree.getByRole('treeitem', { name: /1000000000000000000/ }).waitFor();

    await playground.view('Example');
    await page.getByRole('button', { name: /^Send: / }).first().click();
    await page.getByText('As the example says').first().waitFor();
    await playground.view('State');
    const changes = panel.getByRole('region', { name: 'Changes' });
    await changes.getByText('Message 1 (Transfer) changed 2 values').waitFor();
    await changes.getByRole('listitem').filter({ hasText: /changed .*1000000000000000000.* → 999999999999999000/s }).waitFor();
    await changes.getByRole('listitem').filter({ hasText: /new .*1000/ }).waitFor();
    const within = tree.getByRole('treeitem', { name: /Balances.*changed within/ });
    await within.waitFor();
    if ((await within.getAttribute('aria-expanded')) === 'false') await within.click();
    await tree.getByRole('treeitem', { name: /999999999999999000.*changed, was 1000000000000000000/ }).waitFor();
    assert.deepEqual(complaints, []);
  }),
);
