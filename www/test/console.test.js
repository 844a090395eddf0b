// What a terminal would make of a process's text, and what was typed before.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { stretches, withoutColours } from '../src/app/colours.ts';
import { FRESH, recalled, remembered } from '../src/console/typed.ts';

test("a terminal's colours are stretches of text, and nothing in it is more than text", () => {
  const prompt = '\u001b[32maos\u001b[90m@\u001b[34maos-2.0.4\u001b[0m> ';
  assert.deepEqual(stretches(prompt), [
    { text: 'aos', colour: 'green' },
    { text: '@', colour: 'gray' },
    { text: 'aos-2.0.4', colour: 'blue' },
    { text: '> ' },
  ]);
  assert.deepEqual(stretches('\u001b[1;31mred\u001b[22m\u001b[39m<b>plain</b>'), [
    { text: 'red', colour: 'red', bold: true },
    { text: '<b>plain</b>', bold: undefined, colour: undefined },
  ]);
});

test('what moves the cursor of a terminal, rings its bell or hides text does nothing', () => {
  assert.deepEqual(stretches('a\u001b[2Jb\u0007c\u001b[Hd\te\nf\r'), [{ text: 'a' }, { text: 'bc' }, { text: 'd\te\nf' }]);
  assert.equal(withoutColours('\u001b[31merror:\n\u001b[0mtext\u0007 '), 'error:\ntext');
});

test('what was typed is recalled, the newest first, and what was being written comes back', () => {
  const history = ['one', 'two'].reduce((known, text) => remembered(known, text), []);
  assert.deepEqual(remembered(history, 'two'), history, 'the same again is one');
  let now = { at: FRESH, text: 'draft' };
  const step = (by) => (now = recalled(history, now.at, by, now.text) ?? now).text;
  assert.deepEqual([step(1), step(1), step(1), step(-1), step(-1), step(-1)], ['two', 'one', 'one', 'two', 'draft', 'draft']);
  assert.equal(Array.from({ length: 300 }, (_, index) => String(index)).reduce(remembered, []).length, 200);
});
