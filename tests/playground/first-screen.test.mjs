// The first screen, as someone sees it who has never seen ao.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { withPlayground } from './page.mjs';

test('one press of Run starts the example in this tab', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, complaints }) => {
    assert.match(await playground.run(), /^Started .* in \d+ ms/);
    assert.match(await playground.run(), /^Loaded into .* in \d+ ms/, 'a second press keeps the process');
    assert.deepEqual(complaints, []);
  }),
);

test('who never saw ao is told what Run does, then what happened, and never again', { timeout: 120_000 }, () =>
  withPlayground(async ({ playground, page, complaints }) => {
    await playground.status(/^Press Run: the code starts as a process in this tab[^]*A process is a program that keeps its state and answers messages/);
    assert.match(await playground.run(), /^Started Token in \d+ ms[^]*The process now waits for messages/);
    await playground.send('The owner, who holds all, gives Alice 1,000.');
    assert.doesNotMatch(await playground.run(), /waits for messages/);
    // What is kept is written a moment later; the page writes it when it is left.
    await page.reload();
    assert.doesNotMatch(await playground.status(/^Press Run/), /A process is a program/);
    assert.deepEqual(complaints, []);
  }),
);
