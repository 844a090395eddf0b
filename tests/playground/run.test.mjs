// Run: one press, and what came of it; and how the page answers to keys while processes are busy.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPlayground } from './page.mjs';

const LIMIT = { timeout: 180_000 };
/** One press of Run shows its outcome in so much, in milliseconds. */
const OUTCOME_MS = 1000;
/** A key waits for nothing that takes longer, in milliseconds. */
const BLOCKED_MS = 50;

async function type(page, text) {
  await page.getByRole('textbox', { name: 'Lua source' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

test('one press shows what was printed and what was sent, in under a second', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    await type(page, 'print(Colors.green .. "hello" .. Colors.reset)\nSend({ Target = ao.id, Action = "Greet" })\nCount = (Count or 0) + 1\nreturn Count\n');
    // The unit opens beside the first paint; the press is what is measured.
    await playground.run();
    for (const [name, expected] of [['Run', /^Loaded into/], ['Run in a new process', /^Started/]]) {
      const taken = await page.evaluate(pressed, name);
      assert.ok(taken < OUTCOME_MS, `${name} took ${taken} ms`);
      assert.match(await playground.status(expected), name === 'Run' ? /hello\n2[^]*Sent Greet to/ : /hello\n1[^]*Sent Greet to/);
    }
    const green = page.getByRole('status', { name: 'Run' }).getByText('hello');
    assert.equal(await green.evaluate((element) => element.className), 'ansi-green');
  }),
);

test('code that fails leaves the process as it was, and no new one behind', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    await type(page, 'local = 1');
    assert.match(await playground.run(), /^Failed in main\.lua, line 1: <name> expected near '='/);
    await type(page, 'Kept = 1');
    assert.match(await playground.run(), /^Started/);
    await type(page, 'Kept = 2 print("so far")\nerror("no")');
    assert.match(await playground.run(), /^Failed in main\.lua, line 2: no/);
    await page.getByText('All that it said').click();
    await page.getByRole('status', { name: 'Run' }).getByText('so far').waitFor();
    await type(page, 'return "Kept is " .. Kept');
    assert.match(await playground.run(), /^Loaded into[^]*Kept is 1/);
  }),
);

/** Keeps four messages to itself going round. */
const BUSY = `
Handlers.add("Ball", function(msg)
  Hits = (Hits or 0) + 1
  print("hit " .. Hits)
  Send({ Target = ao.id, Action = "Ball" })
end)
for _ = 1, 4 do Send({ Target = ao.id, Action = "Ball" }) end
`;

test('typing is never blocked while processes are busy', LIMIT, () =>
  withPlayground(async ({ page, playground, complaints }) => {
    // A text of some length: what is typed is read, coloured and kept all the same.
    await type(page, BUSY + '\n-- a line of a long file, with a string in it: "x"\nt = { 1, 2, 3 }'.repeat(800));
    assert.match(await playground.run(), /^Started/);
    await playground.view('Console');
    await page.getByRole('log').getByText(/^hit \d+$/).first().waitFor();
    const hits = () => page.getByRole('log').getByText(/^hit \d+$/).last().innerText();
    const source = page.getByRole('textbox', { name: 'Lua source' });
    await source.click();
    await page.keyboard.press('Control+Home');
    await page.evaluate(watchKeys);
    const before = await hits();
    for (const text of ['local balance = 1\n', 'Handlers.add("Name", function(msg)\n', 'msg.reply({ Data = ao.id })\n', 'end)\n']) {
      await page.keyboard.type(text, { delay: 40 });
      await page.waitForTimeout(500);
    }
    assert.notEqual(await hits(), before, 'the process was busy meanwhile');
    const { keys, blocked, longest } = await page.evaluate(keysSeen);
    console.log(`# ${keys} keys, none waited longer than ${blocked} ms; the longest task took ${longest} ms`);
    assert.ok(keys > 80, `${keys} keys were seen`);
    assert.ok(blocked <= BLOCKED_MS, `a key waited for ${blocked} ms`);
    assert.deepEqual(complaints, []);
  }),
);

test('typing is never blocked by a view that follows a busy process', { timeout: 240_000 }, (t) =>
  withPlayground(async ({ page, playground, origin, complaints }) => {
    await page.addInitScript(countTold);
    await page.goto(`${origin}/www/index.html`);
    await type(page, BUSY);
    const source = page.getByRole('textbox', { name: 'Lua source' });
    await page.evaluate(watchKeys);
    for (const view of ['Messages', 'State', 'Time', 'Processes', 'Graph']) {
      await playground.run();
      await playground.view(view);
      // Something else on this machine may take the processor for a moment, which makes no key faster: two rounds count.
      const rounds = [];
      const isSmooth = ({ blocked }) => blocked <= BLOCKED_MS;
      while (rounds.length < 6 && rounds.filter(isSmooth).length < 2) {
        // What follows from one message is paused after a while: each Run sends others.
        await playground.run();
        await playground.run();
        await source.click();
        await page.keyboard.press('Control+Home');
        await page.evaluate(() => Object.assign(window.seen, { keys: 0, blocked: 0, longest: 0, told: 0 }));
        for (const text of ['local name = ao.id\n', 'print(name .. "x")\n']) await page.keyboard.type(text, { delay: 40 });
        rounds.push(await page.evaluate(keysSeen));
      }
      const seen = (key) => rounds.map((round) => round[key]).join(', ');
      t.diagnostic(`${view}: keys waited ${seen('blocked')} ms at most; longest tasks ${seen('longest')} ms; ${seen('told')} times was the page told`);
      for (const { keys, told } of rounds) assert.ok(keys > 30 && told > 5, `${keys} keys were seen, and the process was busy: ${told}`);
      assert.ok(rounds.filter(isSmooth).length >= 2, `keys waited for ${seen('blocked')} ms with ${view} open`);
    }
    assert.deepEqual(complaints, []);
  }),
);

test('processes that wait because too much followed from one message are named, and go on when the reader says so', LIMIT, () =>
  withPlayground(async ({ page, playground, complaints }) => {
    await type(page, BUSY);
    await playground.run();
    const notice = page.getByRole('status').filter({ hasText: 'Messages for Token are held back' });
    await notice.waitFor();
    const row = page.getByRole('listitem', { name: 'Token', exact: true });
    await playground.view('Processes');
    await playground.view('List');
    await row.getByText(/^10,0\d\d messages/).waitFor();
    await page.reload();
    await notice.getByRole('button', { name: 'Let them go on' }).click();
    await notice.waitFor({ state: 'detached' });
    await row.getByText(/^1[1-9],\d\d\d messages/).waitFor();
    assert.deepEqual(complaints, []);
  }),
);

test('typing is never blocked by the graph of fifty processes that talk', LIMIT, (t) =>
  withPlayground(async ({ page, playground, complaints }) => {
    await playground.example('A crowded room');
    await playground.run();
    await page.evaluate(watchKeys);
    const rounds = [];
    const isSmooth = ({ blocked }) => blocked <= BLOCKED_MS;
    while (rounds.length < 6 && rounds.filter(isSmooth).length < 2) {
      await playground.view('Example');
      await page.getByRole('button', { name: 'Send all' }).click();
      await playground.view('Processes');
      await playground.view('Graph');
      await page.getByRole('textbox', { name: 'Lua source' }).click();
      await page.keyboard.press('Control+Home');
      await page.evaluate(() => Object.assign(window.seen, { keys: 0, blocked: 0, longest: 0 }));
      await page.keyboard.type('local name = ao.id .. "x"\n', { delay: 40 });
      rounds.push(await page.evaluate(keysSeen));
    }
    const seen = (key) => rounds.map((round) => round[key]).join(', ');
    t.diagnostic(`keys waited ${seen('blocked')} ms at most; longest tasks ${seen('longest')} ms`);
    assert.ok(rounds.filter(isSmooth).length >= 2, `keys waited for ${seen('blocked')} ms`);
    await page.getByRole('button', { name: /^Show all \d+ rows$/ }).click();
    await page.getByRole('row', { name: /^This page host \d+ Open$/ }).waitFor();
    assert.deepEqual(complaints, []);
  }),
);

/** In the page, before all else: counts how often the unit's worker tells the page something. */
function countTold() {
  window.seen = { told: 0 };
  const Native = Worker;
  window.Worker = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', () => (window.seen.told += 1));
    }
  };
}

/** In the page: presses a button, and waits until the status says another thing than it did; in milliseconds. */
function pressed(name) {
  const status = document.querySelector('[role="status"][aria-label="Run"]');
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name);
  return new Promise((resolve) => {
    const since = performance.now();
    new MutationObserver((_, observer) => {
      if (!/^(Started|Loaded into|Failed)/.test(status.textContent)) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - since));
    }).observe(status, { childList: true, subtree: true, characterData: true });
    button.click();
  });
}

/** In the page: notes how long each key waits until the page is done with it, and the longest task. */
function watchKeys() {
  window.seen = Object.assign(window.seen ?? {}, { keys: 0, blocked: 0, longest: 0 });
  new PerformanceObserver((list) => {
    for (const { name, startTime, processingEnd } of list.getEntries()) {
      if (/^(key|input|beforeinput)/.test(name)) window.seen.blocked = Math.max(window.seen.blocked, Math.round(processingEnd - startTime));
    }
  }).observe({ type: 'event', durationThreshold: 16 });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.seen.longest = Math.max(window.seen.longest, Math.round(duration));
  }).observe({ type: 'longtask' });
  addEventListener('keydown', () => (window.seen.keys += 1), { capture: true });
}

/** In the page, a moment later: what is told of keys comes after they are done with. */
function keysSeen() {
  return new Promise((resolve) => setTimeout(() => resolve({ ...window.seen }), 200));
}
