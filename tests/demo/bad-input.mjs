// Bad input, in the browser of the demo: each case gives the caller a clear error, or an outcome with `Error`, and
// leaves the process as it was.
//
//   node tests/demo/bad-input.mjs
//
// needs pkg/dist to be built.

import { pathToFileURL } from 'node:url';
import { withBrowser } from './browser.mjs';
import { tokenSource } from './run.mjs';

/** Runs the cases one after the other: `check(name, run)` is awaited for each, and `run` rejects when it fails. */
export async function runBadInput(check) {
  const source = await tokenSource();
  await withBrowser(async ({ page, origin }) => {
    await page.goto(origin);
    await page.evaluate(async (source) => (await import('/bad-input.js')).prepare(source), source);
    const names = await page.evaluate(async () => Object.keys((await import('/bad-input.js')).cases));
    for (const name of names) {
      await check(name, () => page.evaluate(async (name) => (await import('/bad-input.js')).cases[name](), name));
    }
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  let failed = 0;
  await runBadInput(async (name, run) => {
    try {
      await run();
      console.log(`  ✓ ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`  ✗ ${name}\n    ${error.message.split('\n')[0]}`);
    }
  });
  process.exitCode = failed > 0 ? 1 : 0;
}
