// The console: a prompt as aos has it.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPlayground } from './page.mjs';

const LIMIT = { timeout: 120_000 };

/** The console, as someone who types sees it. */
class Console {
  constructor(page) {
    this.page = page;
    this.log = page.getByRole('log', { name: 'Console output' });
    this.input = page.getByRole('textbox', { name: 'Lua for the process' });
  }

  static async open({ page, playground }) {
    await playground.view('Console');
    return new Console(page);
  }

  async enter(text) {
    await this.input.fill(text);
    await this.input.press('Enter');
  }

  /** Waits for a line that the console shows. */
  async shows(text) {
    await this.log.getByText(text).last().waitFor();
  }

  lines() {
    return this.log.locator('pre').allInnerTexts();
  }
}

test('Lua is evaluated in the selected process; its answer, its errors and its prompt have their colours', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    await playground.example('Token');
    await playground.run();
    const typed = await Console.open({ page, playground });
    const prompt = page.getByText('aos-2.0.4').last();
    await prompt.waitFor();
    assert.equal(await colourClass(prompt), 'ansi-blue');
    await typed.enter('return { 1, a = "<b>x</b>" }');
    await typed.shows('a');
    await typed.enter('1 + 41');
    await typed.shows('42');
    await typed.enter('print("<img src=x onerror=alert(1)>")');
    await typed.shows('<img src=x onerror=alert(1)>');
    assert.equal(await typed.log.locator('img').count(), 0, 'what a process prints is text');
    await typed.enter('nothing.at.all');
    await typed.shows(`[string "aos"]:1: attempt to index a nil value (global 'nothing')`);
    assert.doesNotMatch((await typed.lines()).at(-1), /\.handlers/, 'the way through the runtime is left out');
    assert.equal(await colourClass(typed.log.getByText('error:')), 'ansi-red');
    assert.match((await typed.lines()).at(-2), /^MyToken@aos-2\.0\.4.*> nothing\.at\.all$/);
    assert.equal(await typed.input.evaluate((input) => input === document.activeElement), true);
  }),
);

test('without a process, the console starts one', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    const typed = await Console.open({ page, playground });
    await typed.enter('#Handlers.list');
    await typed.shows('Started a new process.');
    await typed.shows(/^\d$/);
  }),
);

test('the arrows recall what was typed, after a reload too; unfinished Lua goes on in the next line', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    const typed = await Console.open({ page, playground });
    await typed.enter('X = 20 + 1');
    await typed.input.pressSequentially('function twice(x)');
    await typed.input.press('Enter');
    await typed.input.pressSequentially('  return 2 * x');
    await typed.input.press('Shift+Enter');
    await typed.input.pressSequentially('end');
    await typed.input.press('Enter');
    await typed.enter('twice(X)');
    await typed.shows('42');
    await page.reload();
    await typed.input.pressSequentially('dra');
    await typed.input.press('ArrowUp');
    assert.equal(await typed.input.inputValue(), 'twice(X)');
    await typed.input.press('ArrowUp');
    assert.equal(await typed.input.inputValue(), 'function twice(x)\n  return 2 * x\nend');
    await typed.input.press('ArrowDown');
    await typed.input.press('ArrowDown');
    assert.equal(await typed.input.inputValue(), 'dra');
  }),
);

test('what handlers print comes as they run, and how they fail', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    const typed = await Console.open({ page, playground });
    await typed.enter('Handlers.add("Greet", function(msg) print("hello " .. msg.Data) end)');
    await typed.enter('Handlers.add("Boom", function(msg) return msg.Nothing.at end)');
    await typed.enter('Send({ Target = ao.id, Action = "Greet", Data = "you" })');
    await typed.shows('hello you');
    await typed.enter('Send({ Target = ao.id, Action = "Boom" })');
    await typed.shows(/Error handling message with Action = Boom[^]*in handler 'Boom'/);
    await typed.enter('Send({ Target = ao.id, Action = "Unknown" })');
    await typed.shows(/New Message From .*Action = Unknown/);

    await playground.view('Messages');
    await page.getByRole('textbox', { name: 'Lua source' }).click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('Send({ Target = ao.id, Action = "Greet", Data = "who is away" })');
    await playground.run();
    await playground.view('Console');
    await typed.shows('hello who is away');
  }),
);

test('what a cron prints comes with its ticks, while it is monitored', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    await playground.example('Cron counter');
    await playground.run();
    const typed = await Console.open({ page, playground });
    await typed.enter('Handlers.add("Cron", function(msg) Ticks = Ticks + 1 print("tick " .. Ticks) end)');
    await typed.enter('.monitor');
    await typed.shows(/^tick \d+$/);
    await typed.enter('.unmonitor');
    await typed.shows(/waits for messages/);
  }),
);

test('.load and .load-blueprint load files and examples, and an error is marked in the file', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    const source = page.getByRole('textbox', { name: 'Lua source' });
    await source.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('Loaded = 5\nreturn Loaded + nothing\n');
    const typed = await Console.open({ page, playground });
    await typed.enter('.load');
    await typed.shows("attempt to perform arithmetic on a nil value (global 'nothing')");
    await page.getByRole('note', { name: 'error in line 2' }).waitFor();
    await typed.enter('.load other');
    await typed.shows('There is no file other.lua. The editor has main.lua.');
    await typed.enter('.load-blueprint');
    await typed.shows('pub-sub');
    await typed.enter('.load-blueprint token');
    await typed.enter('TotalSupply');
    await typed.shows(/^\d[\d.e+]+$/);
    await typed.enter('.load-blueprint nothing');
    await typed.shows(/There is no example nothing/);
  }),
);

test('.editor takes lines until .done; .dryrun leaves no trace; .monitor, .help and what is no command', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    const typed = await Console.open({ page, playground });
    await typed.enter('.editor');
    await typed.shows(/Enter begins a new line/);
    for (const line of ['Y = 1', 'Y = Y + 1', 'return Y', '.done']) {
      await typed.input.pressSequentially(line);
      await typed.input.press('Enter');
    }
    await typed.shows(/^2$/);
    await typed.enter('.editor');
    await typed.shows(/Enter begins a new line/);
    await typed.input.pressSequentially('Y = 9');
    await typed.input.press('Enter');
    await typed.input.pressSequentially('.cancel');
    await typed.input.press('Enter');
    await typed.shows('Dropped.');

    await typed.enter('.dryrun');
    await page.getByText('dry-run', { exact: true }).waitFor();
    await typed.enter('Y = 7 return Y + 1000');
    await typed.shows('1007');
    await typed.enter('.dryrun');
    await typed.enter('Y + 3000');
    await typed.shows('3002');

    await typed.enter('.monitor');
    await typed.shows(/ticks by itself/);
    await typed.enter('.unmonitor');
    await typed.shows(/waits for messages/);
    await typed.enter('.help');
    for (const name of ['.load', '.load-blueprint', '.editor', '.dryrun', '.monitor', '.unmonitor']) await typed.shows(name);
    await typed.enter('.nothing');
    await typed.shows('There is no command .nothing. .help lists the commands.');
    await typed.enter('.clear');
    await page.getByText('.help lists the commands').waitFor();
  }),
);

test('a process that prints without end fills the console no further than it is read', LIMIT, () =>
  withPlayground(async ({ page, playground, complaints }) => {
    const typed = await Console.open({ page, playground });
    await typed.enter('Handlers.add("Count", function(msg) local n = tonumber(msg.Data) print("n=" .. n) if n < 3000 then Send({ Target = ao.id, Action = "Count", Data = tostring(n + 1) }) end end)');
    await typed.enter('Send({ Target = ao.id, Action = "Count", Data = "1" })');
    await typed.shows('n=3000');
    await typed.shows(/messages more: the view Messages has them all/);
    assert.ok((await typed.log.locator('pre').count()) <= 500);
    await typed.enter('print(string.rep("x", 100000))');
    await typed.shows('80,000 characters more');
    assert.deepEqual(complaints, []);
  }),
);

function colourClass(locator) {
  return locator.evaluate((element) => element.className);
}
