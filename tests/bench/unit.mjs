// What the unit does in Chromium: transfers a second, opening a long log, dry-runs, many processes.
//
//   node tests/bench/unit.mjs [--json] [case …]
//
// needs pkg/dist to be built. With --json, the last line is one line of JSON.

import { withBrowser } from '../demo/browser.mjs';
import * as cases from './unit-cases.mjs';

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const figures = await withBrowser(async ({ page, origin, version }) => {
  console.log(`  Chromium ${version}`);
  const figures = {};
  for (const [name, { title, run, unit, bar }] of Object.entries(cases)) {
    if (names.length > 0 && !names.includes(name)) continue;
    await page.goto(`${origin}/wallet/`);
    const figure = await run(page);
    console.log(`  ${title.padEnd(64)}${figure.toLocaleString('en', { maximumFractionDigits: 1 })} ${unit} (bar ${bar})`);
    figures[name] = figure;
  }
  return figures;
});
if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
