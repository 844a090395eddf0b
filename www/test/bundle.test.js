// Several files as one Lua source, and the places that its errors are about.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { openTestUnit } from 'ao-unit/test';
import { bundle } from '../src/workspace/bundle.ts';
import { lineNow, problemOf } from '../src/workspace/place.ts';
import { nameProblem } from '../src/workspace/source-file.ts';

const file = (name, text) => ({ name, text });

async function unitOfAlice(t) {
  const unit = await openTestUnit(t);
  return { unit, alice: unit.as('alice') };
}

/** What the same process answers after each of the bundles. */
async function loaded(t, bundles, expression) {
  const { unit, alice } = await unitOfAlice(t);
  const [first, ...rest] = bundles;
  const process = await alice.deploy({ source: bundle(first) });
  const answers = [await unit.inspect(process, expression)];
  for (const files of rest) {
    const { outcome } = await alice.evaluate(process, bundle(files));
    answers.push(outcome.Error ?? (await unit.inspect(process, expression)));
  }
  return answers;
}

async function failure(t, files) {
  const { alice } = await unitOfAlice(t);
  const error = await alice.deploy({ source: bundle(files) }).then(
    () => assert.fail('it did not fail'),
    (thrown) => thrown,
  );
  return problemOf(error.outcome.Error, files, 'run');
}

test('a single file that requires nothing is sent as it is', () => {
  assert.equal(bundle([file('main.lua', '-- require me\nreturn 1')]), '-- require me\nreturn 1');
});

test('main.lua requires files, in folders too, and they require each other', async (t) => {
  const files = [
    file('main.lua', 'Answer = require("list").double(require "lib.numbers".four)'),
    file('list.lua', 'local n = require("lib.numbers")\nreturn { double = function(x) return n.two * x end }'),
    file('lib/numbers.lua', 'return { two = 2, four = 4, text = "\\"\\\\\\n\\0é" }'),
  ];
  assert.deepEqual(await loaded(t, [files], '{ Answer, require("lib.numbers").text }'), [[8, '"\\\n\0é']]);
});

test('a process that is loaded again has the new files, and no longer those that are gone', async (t) => {
  const main = file('main.lua', 'local ok, module = pcall(require, "a")\nAnswer = ok and module or "gone"');
  const answers = await loaded(
    t,
    [[main, file('a.lua', 'return 1')], [main, file('a.lua', 'return 2')], [main, file('b.lua', 'return 3')], [main]],
    'Answer',
  );
  assert.deepEqual(answers, [1, 2, 'gone', 'gone']);
});

test("a process's own preloaded modules stay", async (t) => {
  const main = file('main.lua', 'package.preload.own = package.preload.own or function() return "own" end\nAnswer = require("own")');
  assert.deepEqual(await loaded(t, [[main], [main, file('a.lua', '')]], 'Answer'), ['own', 'own']);
});

test('what does not compile is told at its file and line', async (t) => {
  assert.deepEqual(await failure(t, [file('main.lua', '-- one\nx = = 2')]), {
    file: 'main.lua',
    line: 2,
    severity: 'error',
    message: "unexpected symbol near '='",
    code: 'x = = 2',
  });
  const inRequired = await failure(t, [file('main.lua', 'require("lib.a")'), file('lib/a.lua', 'return 1\n\nreturn }')]);
  assert.equal(inRequired.file, 'lib/a.lua');
  assert.equal(inRequired.message, "<eof> expected near 'return'");
});

test('what fails while it runs is told at its file and line', async (t) => {
  const inMain = await failure(t, [file('main.lua', 'require("a")\nlocal y = z.b'), file('a.lua', 'return 1')]);
  assert.deepEqual([inMain.file, inMain.line, inMain.message], ['main.lua', 2, "attempt to index a nil value (global 'z')"]);
  const inRequired = await failure(t, [file('main.lua', 'require("a")'), file('a.lua', '\nlocal y = z.b')]);
  assert.deepEqual([inRequired.file, inRequired.line], ['a.lua', 2]);
  const plain = await failure(t, [file('main.lua', 'local function f()\n  error("plain", 0)\nend\nf()')]);
  assert.deepEqual([plain.file, plain.line, plain.message], ['main.lua', 2, 'plain']);
});

test('a handler that fails is told at its line, unless it is of another source', async (t) => {
  const { unit, alice } = await unitOfAlice(t);
  const files = [
    file('main.lua', 'local a = require("a")\nHandlers.add("Boom", function(msg)\n  a.fail(msg)\nend)'),
    file('a.lua', 'return {\n  fail = function(msg)\n    return msg.Nothing.at\n  end\n}'),
  ];
  const process = await alice.deploy({ source: bundle(files) });
  await alice.evaluate(process, 'Handlers.add("Typed", function(msg) return msg.Nothing.at end)');
  const told = async (Action) => problemOf((await alice.send(process, { Action })).outcome.Error, files, 'handler');
  const boom = await told('Boom');
  assert.deepEqual([boom.file, boom.line], ['a.lua', 3]);
  assert.match(boom.message, /^attempt to index a nil value .* \(in handler 'Boom'\)$/);
  assert.equal(await told('Typed'), undefined);
  await unit.settle();
});

test('a problem moves with its line, and is gone with it', () => {
  const problem = { line: 2, code: 'x = = 2' };
  assert.equal(lineNow(problem, 'a\nx = = 2'), 2);
  assert.equal(lineNow(problem, 'a\nb\nx = = 2'), 3);
  assert.equal(lineNow(problem, 'a\nx = 2'), undefined);
});

test('a name for a file is refused with the reason', () => {
  const files = [file('main.lua', '')];
  assert.equal(nameProblem('lib/list.lua', files), undefined);
  assert.match(nameProblem('list', files), /\.lua at the end/);
  assert.match(nameProblem('main.lua', files), /there is a file/);
  assert.match(nameProblem('json.lua', files), /has a module json/);
});
