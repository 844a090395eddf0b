// The snippets of docs/testing.md, run as their readers run them: each by the runner that it imports.

import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const guide = await readFile(new URL('../../docs/testing.md', import.meta.url), 'utf8');
const snippets = [...guide.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code);
const [forVitest, forNode] = [true, false].map((is) => snippets.filter((code) => code.includes("from 'vitest'") === is));

/** Runs a program with `files` beside it, as in a project that has the package. */
async function run(program, args, files) {
  const folder = await mkdtemp(join(here, 'project-'));
  try {
    await Promise.all(Object.entries(files).map(([name, code]) => writeFile(join(folder, name), code)));
    // What runs the tests says so to its children, and they would report to it.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const options = { cwd: folder, env: { ...env, NO_COLOR: '1', CI: '1' } };
    return await new Promise((resolve) => {
      execFile(program, args, options, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, said: stdout + stderr }));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const runVitest = (files) => run(process.execPath, [vitest, 'run'], files);
const named = (codes) => Object.fromEntries(codes.map((code, i) => [`snippet-${i}.test.mjs`, code]));

test('the snippets for node:test pass', { timeout: 60_000 }, async () => {
  assert.equal(forNode.length, 2);
  const { code, said } = await run(process.execPath, ['--test'], named(forNode));
  assert.equal(code, 0, said);
  assert.match(said, /^# pass 2$/m);
});

test('the snippet for vitest passes', { timeout: 60_000 }, async () => {
  assert.equal(forVitest.length, 1);
  const { code, said } = await runVitest(named(forVitest));
  assert.equal(code, 0, said);
  assert.match(said, /1 passed/);
});

test('a test of vitest that fails says what there was', { timeout: 60_000 }, async () => {
  const failing = forVitest[0].replace("toHaveReplied({ Data: '2' })", "toHaveReplied({ Data: '22' })");
  const { code, said } = await runVitest(named([failing]));
  assert.notEqual(code, 0);
  assert.match(said, /expected a reply like \{ Data: "22" \}, and there were/);
});
