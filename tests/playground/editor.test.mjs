// The editor: what it shows, offers, marks and keeps.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPlayground } from './page.mjs';

const LIMIT = { timeout: 120_000 };
const MOD_ENTER = 'Control+Enter';

/** Puts a text in the place of what the editor shows. */
async function type(page, text) {
  const source = page.getByRole('textbox', { name: 'Lua source' });
  await source.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  return source;
}

test('code is in colours that can be read, in light and in dark', LIMIT, () =>
  withPlayground(async ({ page }) => {
    await type(page, '-- a comment\nlocal n = 12\nfunction f(msg) return "text" .. msg.Data end\nHandlers.add("A", f)\n');
    for (const theme of ['light', 'dark']) {
      await page.getByLabel('Theme').selectOption(theme);
      const contrasts = await page.evaluate(contrastOfSource);
      assert.ok(Object.keys(contrasts).length >= 7, `coloured: ${Object.keys(contrasts)}`);
      for (const [kind, contrast] of Object.entries(contrasts)) assert.ok(contrast >= 4.5, `${theme} ${kind}: ${contrast}`);
    }
  }),
);

test('Ctrl-Enter runs, and an error is marked on its line until the line is changed', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    await type(page, 'local a = 1\nlocal b = nothing.at.all\nlocal c = 3');
    await page.keyboard.press(MOD_ENTER);
    assert.match(await playground.status(/^Failed/), /^Failed in main\.lua, line 2: attempt to index a nil value \(global 'nothing'\)/);
    const note = page.getByRole('note', { name: 'error in line 2' });
    assert.equal(await note.innerText(), "attempt to index a nil value (global 'nothing')");
    assert.equal(await lineAbove(note), 'local b = nothing.at.all');

    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('-- in front\n');
    assert.equal(await lineAbove(note), 'local b = nothing.at.all', 'it moves with its line');
    await page.getByRole('button', { name: 'main.lua, line 2' }).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('End');
    await page.keyboard.insertText(' or 2');
    await note.waitFor({ state: 'detached' });
  }),
);

test('F8 goes to the next problem and says it', LIMIT, () =>
  withPlayground(async ({ page }) => {
    await type(page, 'local a = 1\nlocal s = "local b <const> = 1" -- warn("x")\nlocal c <const> = 2\n');
    const underlined = page.locator('.cm-lintRange-warning');
    await underlined.first().waitFor();
    assert.deepEqual(await underlined.allInnerTexts(), ['<const>'], 'neither the string nor the comment');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('F8');
    await page.getByText('Lua 5.3, which the network runs, has no <const>').first().waitFor();
  }),
);

test('a handler that fails later is marked where it fails', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    await type(page, 'Handlers.add("Boom", function(msg)\n  return msg.Nothing.at\nend)\nSend({ Target = ao.id, Action = "Boom" })\n');
    await page.keyboard.press(MOD_ENTER);
    assert.match(await playground.status(/^Started/), /Sent Boom to/);
    const note = page.getByRole('note', { name: 'error in line 2' });
    assert.match(await note.innerText(), /attempt to index a nil value .*\(in handler 'Boom'\)/);
    assert.equal((await lineAbove(note)).trim(), 'return msg.Nothing.at');
  }),
);

test('names come from the process, with what docs/lua.md says of them', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    await type(page, 'Ledger = { Total = 5, Holders = {} }\nHandlers.add("Pay-Out", function(msg) print(msg.Recipient) end)\n');
    await page.keyboard.press(MOD_ENTER);
    await playground.status(/^Started/);
    await type(page, '');
    const offered = async (text, option) => {
      await page.keyboard.insertText('\n');
      await page.keyboard.type(text);
      const found = page.getByRole('option', { name: option }).first();
      // What the process has is asked for beside the typing, and offered at the next look.
      for (let tries = 0; tries < 20 && !(await found.isVisible()); tries += 1) {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Space');
        await page.waitForTimeout(150);
      }
      await found.waitFor();
    };
    await offered('Led', /^Ledger/);
    await offered('Ledger.', /^Total/);
    await offered('ao.', /^authorities/);
    await offered('Handlers.', /^prepend/);
    await offered('msg.', /^reply/);
    await offered('Handlers.remove("', /^Pay-Out/);
    await page.keyboard.press('Escape');
    await type(page, 'Handlers.once("x", print)');
    await page.getByText('once', { exact: true }).hover();
    const help = page.getByRole('tooltip');
    await help.getByText('at the beginning, for one run').waitFor();
    assert.match(await help.first().innerText(), /^Handlers\.once\(\[name,\] pattern, handle\)/);

    await type(page, 'ao.spawn');
    await help.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('F1');
    assert.match(await help.innerText(), /^ao\.spawn\(module, message\)/);
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
  }),
);

test('several files require each other; an error in one of them is shown there; a reload has them all', LIMIT, () =>
  withPlayground(async ({ page, playground }) => {
    const add = async (name, text) => {
      await page.getByRole('button', { name: 'Add a file' }).click();
      await page.getByLabel('Name of the new file').fill(name);
      await page.keyboard.press('Enter');
      await page.getByRole('tab', { name: `${name}.lua`, selected: true }).waitFor();
      await type(page, text);
    };
    await type(page, 'print(require("lib.greet")("you"))\n');
    await add('lib/greet', 'local words = require("words")\nreturn function(name) return words.hello .. name end\n');
    await add('words', 'return { hello = "hello, " }');
    assert.match(await playground.run(), /hello, you/);

    await page.getByRole('tab', { name: 'words.lua' }).click();
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByLabel('New name of words.lua').fill('main');
    await page.keyboard.press('Enter');
    assert.equal(await page.getByRole('alert').innerText(), 'there is a file main.lua already');
    await page.getByLabel('New name of words.lua').fill('phrases');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+z');
    assert.match(await source(page), /^local M/, 'a renamed file keeps its history');
    await page.keyboard.press('Control+y');
    assert.match(await source(page), /^return/);
    await page.getByRole('tab', { name: 'main.lua' }).click();
    assert.match(await playground.run(), /^Failed in lib\/greet\.lua, line 1: module 'words' not found/);
    await page.getByRole('button', { name: 'lib/greet.lua, line 1' }).click();
    await page.getByRole('tab', { name: 'lib/greet.lua', selected: true }).waitFor();
    await page.getByRole('note', { name: 'error in line 1' }).waitFor();
    await type(page, 'local words = require("phrases")\nreturn function(name) return words.hello .. name .. "!" end\n');
    assert.match(await playground.run(), /^Loaded into[^]*hello, you!/);

    await page.reload();
    assert.deepEqual(await page.getByRole('tablist', { name: 'Files' }).getByRole('tab').allInnerTexts(), [
      'main.lua',
      'lib/greet.lua',
      'phrases.lua',
    ]);
    assert.match(await playground.run(), /^Loaded into[^]*hello, you!/);
    await page.getByRole('tab', { name: 'phrases.lua' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete the file' }).click();
    await page.getByRole('tab', { name: 'main.lua', selected: true }).waitFor();
    assert.match(await playground.run(), /^Failed in lib\/greet\.lua, line 1: module 'phrases' not found/);
  }),
);

test('Format indents, one undo takes it back, and Tab leaves the editor after Escape', LIMIT, () =>
  withPlayground(async ({ page }) => {
    const area = await type(page, 'if a then\nb()   \n end\n');
    await page.getByRole('button', { name: 'Format' }).click();
    assert.equal(await source(page), 'if a then\n  b()\nend\n');
    await page.keyboard.press('Control+z');
    assert.equal(await source(page), 'if a then\nb()   \n end\n');
    await page.keyboard.press('Shift+Alt+f');
    assert.equal(await source(page), 'if a then\n  b()\nend\n');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Tab');
    assert.match(await source(page), /^ {2}if a/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    assert.equal(await area.evaluate((element) => element.contains(document.activeElement)), false);
    await page.getByText('Keys', { exact: true }).click();
    await page.getByText('goes to the next problem').waitFor();
  }),
);

/** The text that the editor shows. */
async function source(page) {
  return (await page.locator('.cm-line').allTextContents()).join('\n');
}

function lineAbove(note) {
  return note.evaluate((element) => {
    let line = element.previousElementSibling;
    while (line && !line.classList.contains('cm-line')) line = line.previousElementSibling;
    return line?.textContent;
  });
}

/** In the page: how much each colour of the source differs from its ground. */
function contrastOfSource() {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const pixel = (...colours) => {
    context.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const card = getComputedStyle(document.querySelector('.cm-editor')).backgroundColor;
  const line = getComputedStyle(document.querySelector('.cm-activeLine')).backgroundColor;
  const contrasts = {};
  for (const ground of [pixel(card), pixel(card, line)]) {
    for (const element of document.querySelectorAll('.cm-content [class^="lua-"], .cm-content')) {
      const one = luminance(pixel(getComputedStyle(element).color));
      const other = luminance(ground);
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      const kind = element.className.startsWith('lua-') ? element.className : 'text';
      contrasts[kind] = Math.min(contrast, contrasts[kind] ?? 21);
    }
  }
  return contrasts;
}
