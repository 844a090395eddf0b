// How fast it is, beside what people would use instead: everything that has a key in keys.mjs, in one run.
//
//   cargo xtask bench [--quick] [--json] [GROUP …]
//   node tests/bench/run.mjs [--quick] [--json] [GROUP …]
//
// Groups are vm, evaluate, unit, start, scale, memory and size; all of them when none is named. The second form needs
// pkg/dist and www/dist to be built, and has no sizes. Each figure is the median of several rounds, in turns with its
// peer's, after one that does not count; beside it stand the least and the greatest round. With --json, the last line
// is one line of JSON. report.mjs says what fails.

import { cpus } from 'node:os';
import { evaluate } from './evaluate.mjs';
import { KEYS } from './keys.mjs';
import { memory } from './memory.mjs';
import { withBenchPage } from './page.mjs';
import { entry, judged, line, unreported } from './report.mjs';
import { scale } from './scale.mjs';
import { size } from './size.mjs';
import { start } from './start.mjs';
import { unit } from './unit.mjs';
import { vm } from './vm.mjs';

const GROUPS = { vm, evaluate, unit, start, scale, memory };

const options = new Set(process.argv.slice(2).filter((argument) => argument.startsWith('--')));
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = named.filter((name) => !(name in GROUPS) && name !== 'size');
if (unknown.length > 0) throw new Error(`no group ${unknown.join(', ')}: there are ${Object.keys(GROUPS).join(', ')}, size`);
const wanted = (name) => named.length === 0 || named.includes(name);

const figures = {};
const failed = [];
let browser;

for (const [name, measure] of Object.entries(GROUPS)) {
  if (!wanted(name)) continue;
  const began = performance.now();
  // A browser of its own for each: what one leaves behind is nothing to the next.
  try {
    const measured = await withBenchPage((bench) => {
      if (!browser) console.log(`  Chromium ${(browser = bench.version)}, Node ${process.version}, ${cpus()[0]?.model}`);
      return measure(bench, { quick: options.has('--quick') });
    });
    for (const [key, figure] of Object.entries(measured)) tell(key, KEYS[key], figure);
    failed.push(...unreported(KEYS, name, measured));
  } catch (reason) {
    // The others are measured all the same.
    console.error(`${name}: ${reason?.stack ?? reason}`);
    failed.push(name);
  }
  console.error(`  ${name} took ${Math.round((performance.now() - began) / 1000)} s`);
}
if (wanted('size') && process.env.AO_UNIT_SIZES) {
  for (const { key, about, measured } of size(JSON.parse(process.env.AO_UNIT_SIZES))) tell(key, about, measured);
}
if (options.has('--json')) console.log(JSON.stringify({ browser, node: process.version, quick: options.has('--quick'), failed, figures }));
if (failed.length > 0) {
  console.error(`not measured, over its size, or not half as good as its bar: ${failed.join(', ')}`);
  process.exitCode = 1;
}

function tell(key, about, measured) {
  const verdict = judged(measured.figure, about);
  if (verdict.failed) failed.push(key);
  figures[key] = entry(about, measured, verdict);
  // The many files without a budget are in the JSON, and in `cargo xtask size`.
  if (!about.isSize || about.bar) console.log(line(key, about, measured, verdict));
}
