// The state of a process, as the visitor sees it.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPlayground } from './page.mjs';

const patient = { timeout: 120_000 };
const SUPPLY = '1000000000000000000.0';
const GIVEN = '999999999999998976.0';

test('what a transfer changed is marked, with the balance before and after', patient, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.run();
    const panel = await playground.view('State');
    const tree = panel.getByRole('tree', { name: 'Globals' });
    await tree.getByRole('treeitem', { name: /^Ticker "MTK"/ }).waitFor();
    await tree.getByRole('treeitem', { name: /^Balances table, 1 entry/ }).click();
    await tree.getByRole('treeitem', { name: new RegExp(`^\\S{43,45} .*${SUPPLY}$`) }).waitFor();

    await playground.send('The owner, who holds all, gives Alice 1,000.');
    await playground.view('State');
    const changes = panel.getByRole('region', { name: 'Changes' });
    await changes.getByText('Message 1 (Transfer): 2 values changed').waitFor();
    await changes.getByRole('listitem').filter({ hasText: new RegExp(`changed.*${SUPPLY}.*${GIVEN}`, 's') }).waitFor();
    await changes.getByRole('listitem').filter({ hasText: /new.*1000/s }).waitFor();
    await tree.getByRole('treeitem', { name: /^Balances table, 2 entries.*changed within/, expanded: true }).waitFor();
    await tree.getByRole('treeitem', { name: new RegExp(`${GIVEN} changed, was ${SUPPLY}`) }).waitFor();

    // The panel follows what the process does while it is shown.
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await changes.getByText(/^Message 2 \(Eval\): .* changed/).waitFor();
    assert.deepEqual(complaints, []);
  }),
);

test('the tree is walked by the keyboard, and a search leads to its place', patient, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.write('Library = { Shelf = { Book = "Walden", "<b>bold</b>" } }');
    await playground.run();
    const panel = await playground.view('State');
    const tree = panel.getByRole('tree', { name: 'Globals' });
    await tree.getByRole('treeitem', { name: /^Library/ }).focus();
    await page.keyboard.press('ArrowRight');
    await tree.getByRole('treeitem', { name: /^Shelf/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await tree.getByRole('treeitem', { name: /Book "Walden"/ }).waitFor();
    await tree.getByRole('treeitem', { name: '[1] "<b>bold</b>"' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await tree.getByRole('treeitem', { name: /^Shelf/ }).count(), 0);

    await panel.getByRole('searchbox', { name: 'Search state' }).fill('walden');
    await panel.getByText('2 found').waitFor(); // In the inbox is the code that made the process.
    await panel.getByRole('list', { name: 'Found' }).getByRole('button', { name: 'Library.Shelf.Book' }).click();
    await tree.getByRole('treeitem', { name: /Book "Walden"/ }).waitFor();
    await panel.getByRole('searchbox', { name: 'Search state' }).fill('hasMatchingTagOf');
    await panel.getByRole('list', { name: 'Found' }).getByRole('listitem').first().waitFor();
    assert.deepEqual(complaints, []);
  }),
);

test('a table of 100,000 entries opens page by page, and the page stays usable', patient, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.write('Big = {}\nfor i = 1, 100000 do Big[("key-%06d"):format(i)] = i end');
    await playground.run();
    const panel = await playground.view('State');
    const tree = panel.getByRole('tree', { name: 'Globals' });
    await page.evaluate(() => {
      window.longest = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
      }).observe({ type: 'longtask' });
    });
    const since = Date.now();
    await tree.getByRole('treeitem', { name: /^Big table, 100,000 entries/ }).click();
    await tree.getByRole('treeitem', { name: '"key-000001" 1', exact: true }).waitFor();
    assert.ok(Date.now() - since < 5000, `it took ${Date.now() - since} ms`);
    assert.ok((await tree.getByRole('treeitem').count()) < 120);
    await tree.getByRole('treeitem', { name: 'Show the next 100 of 100,000 entries' }).click();
    await tree.getByRole('treeitem', { name: '"key-000101" 101', exact: true }).waitFor();
    await tree.getByRole('treeitem', { name: /^Show the entries before these/ }).click();
    await tree.getByRole('treeitem', { name: '"key-000001" 1', exact: true }).waitFor();
    await panel.getByRole('searchbox', { name: 'Search state' }).fill('key-077777');
    await panel.getByRole('button', { name: 'Big["key-077777"]' }).click();
    await tree.getByRole('treeitem', { name: '"key-077777" 77777', exact: true }).waitFor();

    // One of them changes: it is found among all.
    await playground.write('Big["key-050000"] = "other"');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await panel.getByRole('region', { name: 'Changes' }).getByRole('listitem').filter({ hasText: /changed.*key-050000.*50000.*"other"/s }).waitFor();
    const longest = await page.evaluate(() => window.longest);
    assert.ok(longest < 400, `the page was busy for ${longest} ms at once`);
    assert.deepEqual(complaints, []);
  }),
);

const ASKING = `
Handlers.add("Pay", { Action = "Pay", Quantity = "%d+" }, function(msg) end)
Handlers.add("Hello", Handlers.utils.hasMatchingTag("Action", "Hello"), function(msg) Greeted = true end)
Handlers.add("Odd", function(msg) return msg.Tags.Colour == "red" end, function(msg) end, 2)
Send({ Target = ao.id, Action = "Pay", Quantity = "much" })
Send({ Target = ao.id, Action = "Hello" })
`;

test('why a message matches a handler, or does not, is said part by part', patient, () =>
  withPlayground(async ({ playground, complaints }) => {
    await playground.write(ASKING);
    await playground.run();
    const panel = await playground.view('State');
    const handlers = panel.getByRole('region', { name: 'Handlers', exact: true });
    await handlers.getByRole('row', { name: /^Pay Action = "Pay", Quantity = a match of "%d\+"/ }).waitFor();
    await handlers.getByRole('row', { name: /^Hello tag Action = "Hello" line 3 any/ }).waitFor();
    await handlers.getByRole('row', { name: /^Odd function, line 4 line 4 2/ }).waitFor();

    const why = panel.getByRole('region', { name: 'Why a message matched' });
    const choose = async (label) => {
      const option = why.getByRole('option', { name: label });
      await option.waitFor({ state: 'attached' });
      await why.getByRole('combobox', { name: 'Message' }).selectOption(await option.getAttribute('value'));
    };
    const verdict = (name) => why.getByRole('listitem').filter({ has: why.page().getByText(name, { exact: true }) }).first();
    await choose(/ Pay /);
    await verdict('Pay').getByText('did not match').waitFor();
    assert.match(await verdict('Pay').innerText(), /✗ Quantity is "much"; wanted: a match of "%d\+"/);
    assert.doesNotMatch(await verdict('Pay').innerText(), /Action/, 'the part that is met is no reason');
    assert.match(await verdict('Hello').innerText(), /✗ Tags\.Action is "Pay"; wanted: "Hello"/);
    assert.match(await verdict('Odd').innerText(), /✗ Tags\.Colour is not in the message/);
    assert.match(await verdict('_default').innerText(), /took it/);
    await choose(/ Hello /);
    await verdict('Hello').getByText('matched, and took it').waitFor();
    assert.match(await verdict('Odd').innerText(), /was not asked.* would not have matched, either/);

    await handlers.getByRole('button', { name: 'Count matches' }).click();
    await handlers.getByText(/how many of the 3 messages/).waitFor();
    await handlers.getByRole('row', { name: /^Hello .* 1$/ }).waitFor();
    await handlers.getByRole('row', { name: /^Pay .* 0$/ }).waitFor();
    const inbox = panel.getByRole('region', { name: 'Inbox' });
    await inbox.getByRole('button', { name: /^2\. "Pay" from/ }).click();
    await inbox.getByRole('treeitem', { name: /^Quantity "much"/ }).waitFor();
    assert.deepEqual(complaints, []);
  }),
);

test('what ticks of a cron changed is told, as is what a message after them did', patient, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    const clock = async (button, says) => {
      await playground.view('Processes');
      await playground.view('Clock and cron');
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('status', { name: 'Work' }).filter({ hasText: says }).waitFor();
    };
    await playground.example('Cron counter');
    await playground.run();
    let panel = await playground.view('State');
    const tree = panel.getByRole('tree', { name: 'Globals' });
    await tree.getByRole('treeitem', { name: /^Ticks 0$/ }).waitFor();
    await clock('Monitor Cron counter', 'ticks by itself');
    await clock('+ 1 minute', '1 minute passed.');
    await clock('Stop monitoring Cron counter', 'ticks no longer');
    panel = await playground.view('State');
    const changes = panel.getByRole('region', { name: 'Changes' });
    await changes.getByText(/^Ticks of the cron since the process began: \d+ values changed/).waitFor();
    await changes.getByRole('listitem').filter({ hasText: /changed Ticks.*0.*6\d/s }).waitFor();
    await tree.getByRole('treeitem', { name: /^Ticks 6\d changed, was 0$/ }).waitFor();

    await playground.view('Messages');
    await playground.compose({ action: 'Ticks' });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    assert.match(await playground.sent(), /^Sent: evaluated, 1 message/);
    await playground.view('State');
    await changes.getByText(/^Message 1 \(Ticks\)/).waitFor();
    assert.deepEqual(complaints, []);
  }),
);
