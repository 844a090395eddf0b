// The recorded answers of the network's own runtime, and the examples, through `ao-unit/loader`; the programs of
// tests/process through `ao-unit/machine`: in Node, and in Chromium.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createMachine } from 'ao-unit/machine';
import { loader } from 'ao-unit/loader';
import { withBrowser } from '../demo/browser.mjs';
import { comparable } from './compare.mjs';
import { check, readExamples, scriptOf } from './examples.mjs';
import { runProgram } from './programs.mjs';
import { replay } from './replay.mjs';

const FILES = ['handlers', 'print-eval-trust', 'seeds', 'more'];
const differences = JSON.parse(await readFile(new URL('differences.json', import.meta.url)));
const recorded = new Map();
for (const name of [...FILES, 'seeds-without-json']) recorded.set(name, await scenarios(name));
const examples = await readExamples();
const programs = await readPrograms();

test('in Node', async (t) => {
  await suite(t, (steps) => replay(loader, steps));
  await suiteOfPrograms(t, (program) => runProgram(createMachine, program));
});

test('in Chromium', { timeout: 300_000 }, (t) =>
  withBrowser(async ({ page, origin, complaints }) => {
    await page.goto(origin);
    await suite(t, (steps) =>
      page.evaluate(async (steps) => {
        const [{ loader }, { replay }] = await Promise.all([import('/pkg/loader.js'), import('/golden/replay.mjs')]);
        return replay(loader, steps);
      }, steps),
    );
    await suiteOfPrograms(t, (program) =>
      page.evaluate(async (program) => {
        const machine = import('/pkg/machine.js');
        const [{ createMachine }, { runProgram }] = await Promise.all([machine, import('/golden/programs.mjs')]);
        return runProgram(createMachine, program);
      }, program),
    );
    assert.deepEqual(complaints, []);
  }),
);

/** Everything, answered by `answer(steps)`. */
async function suite(t, answer) {
  for (const name of FILES) {
    await t.test(name, async () => {
      for (const { title, steps } of recorded.get(name)) checkSteps(title, steps, await answer(steps));
    });
  }
  await t.test('seeds-without-json', async () => {
    for (const [index, { title, steps }] of recorded.get('seeds-without-json').entries()) {
      checkWithoutJson(title, steps, recorded.get('seeds')[index], await answer(steps));
    }
  });
  for (const example of examples) {
    await t.test(`the example ${example.name}`, async () => {
      check(example, await answer(scriptOf(example)));
    });
  }
}

/** The programs, each run by `run(program)`, which answers what is not as expected. */
async function suiteOfPrograms(t, run) {
  for (const [file, list] of programs) {
    await t.test(`the programs ${file}`, async () => {
      for (const program of list) assert.deepEqual(await run(program), []);
    });
  }
}

async function readPrograms() {
  const folder = new URL('../process/', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(files.map(async (file) => [file, JSON.parse(await readFile(new URL(file, folder), 'utf8'))]));
}

function checkSteps(title, steps, answers) {
  for (const [index, step] of steps.entries()) {
    const [ours, theirs] = [comparable(answers[index]), comparable(step)];
    const name = `${title}, step ${index}: ${step.msg.Data}`;
    // A difference that is gone must leave the list.
    if (differences[title]?.[index] === undefined) assert.equal(ours, theirs, name);
    else assert.notEqual(ours, theirs, `${name} does not differ any more`);
  }
}

/**
 * Where aos fails only for want of `json`, and in what follows from it, ours answers as aos does in the same scenario
 * with `json`, which has one step more at its beginning.
 */
function checkWithoutJson(title, steps, withJson, answers) {
  let wanted = false;
  for (const [index, step] of steps.entries()) {
    const ours = comparable(answers[index]);
    wanted ||= comparable(step).includes("global 'json'");
    if (ours === comparable(step) || differences[title]?.[index + 1] !== undefined) continue;
    assert.ok(wanted, `${title}, step ${index} differs, and not for want of json: ${ours}`);
    assert.equal(ours, comparable(withJson.steps[index + 1]), `${title}, step ${index}: ${step.msg.Data}`);
  }
}

async function scenarios(name) {
  const lines = await readFile(new URL(`${name}.jsonl`, import.meta.url), 'utf8');
  return lines.trim().split('\n').map((line) => JSON.parse(line));
}
