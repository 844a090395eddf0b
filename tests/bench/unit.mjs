// What the unit does in Chromium: transfers a second, opening a long log, dry-runs, many processes.
//
//   cargo xtask bench unit [--json]
//   node tests/bench/unit.mjs [--json] [case …]
//
// The second form needs pkg/dist to be built, and measures the named cases of unit-cases.mjs alone. It prints each
// figure with its bar, and whether that is kept; bar.mjs says when it fails. With --json, the last line is one line of
// JSON: of each case its figure, its unit, its bar and whether that is kept.

import { withBrowser } from '../demo/browser.mjs';
import { held, number, words } from './bar.mjs';
import * as cases from './unit-cases.mjs';

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = names.filter((name) => !(name in cases));
if (unknown.length > 0) throw new Error(`no case ${unknown.join(', ')}: there are ${Object.keys(cases).join(', ')}`);

const failed = [];
const figures = await withBrowser(async ({ page, origin, version }) => {
  console.log(`  Chromium ${version}`);
  const figures = {};
  for (const name of names.length > 0 ? names : Object.keys(cases)) {
    const { title, run, unit, bar, reached } = cases[name];
    await page.goto(`${origin}/wallet/`);
    const figure = await run(page);
    const judged = held(figure, cases[name]);
    console.log(`  ${title.padEnd(64)}${`${number(figure)} ${unit}`.padEnd(18)}bar: ${words(bar)}: ${judged.verdict}`);
    if (judged.failed) failed.push(name);
    figures[name] = { figure: Math.round(figure * 10) / 10, unit, bar, reached, kept: judged.kept };
  }
  return figures;
});
if (process.argv.includes('--json')) console.log(JSON.stringify(figures));
if (failed.length > 0) {
  console.error(`too far from the bar: ${failed.join(', ')}`);
  process.exitCode = 1;
}
