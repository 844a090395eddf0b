// vm.*: programs of plain Lua on the machine, metered as it ships, in Chromium, beside the machine's own lua5.4; and
// beside wasmoon, Lua 5.4 in wasm without a meter, which is told and has no bar. All run the same text, and must come
// to the same.

import { readdir, readFile } from 'node:fs/promises';
import { PROGRAMS } from './keys.mjs';
import { LIBRARY, PROGRAMS as FOLDER, startNative } from './peers/native.mjs';
import { geometricMean, inTurns, median, ratio } from './samples.mjs';

export async function vm({ open, page, origin }, { quick }) {
  const native = startNative();
  const other = await page.context().newPage();
  try {
    const part = await open();
    const runWasmoon = await startWasmoon(other, origin);
    const [ratios, wasmoon] = [{}, {}];
    for (const name of PROGRAMS) {
      const answers = new Set();
      const timed = (run) => async () => {
        const { milliseconds, answer } = await run(name);
        answers.add(answer);
        return milliseconds;
      };
      const samples = await inTurns(quick ? 5 : 15, {
        ours: timed((name) => part('runProgram', name)),
        native: timed(native.run),
        wasmoon: timed(runWasmoon),
      });
      if (answers.size !== 1) throw new Error(`${name} comes to different answers: ${[...answers].join('; ')}`);
      wasmoon[name] = median(samples.wasmoon) / median(samples.native);
      ratios[`vm.${name}`] = {
        ...ratio(samples.ours, samples.native),
        ours: median(samples.ours),
        native: median(samples.native),
        wasmoon: median(samples.wasmoon),
      };
    }
    const figure = geometricMean(Object.values(ratios).map(({ figure }) => figure));
    return { ...ratios, 'vm.geomean': { figure, wasmoon: geometricMean(Object.values(wasmoon)) } };
  } finally {
    native.stop();
    await other.close();
  }
}

/** wasmoon in a page of its own, with every program prepared. */
async function startWasmoon(page, origin) {
  await page.goto(origin);
  await page.addScriptTag({ url: `${origin}/wasmoon/index.js` });
  const files = { ...(await read(FOLDER, 'programs/')), ...(await read(LIBRARY, 'library/')) };
  await page.evaluate(async ({ files, names }) => {
    const factory = new globalThis.wasmoon.LuaFactory('/wasmoon/glue.wasm');
    for (const [name, text] of Object.entries(files)) await factory.mountFile(name, text);
    const lua = await factory.createEngine();
    await lua.doString(`
      package.path = 'library/?.lua'
      local search = require
      function require(name) return (search(name)) end`);
    const programs = {};
    for (const name of names) programs[name] = await lua.doFile(`programs/${name}.lua`);
    globalThis.runProgram = async (name) => {
      // As `runProgram` of the page: not within the call that drives the browser.
      await new Promise((resolve) => setTimeout(resolve));
      const start = performance.now();
      const answer = programs[name]();
      return { milliseconds: performance.now() - start, answer };
    };
  }, { files, names: PROGRAMS });
  return (name) => page.evaluate((name) => globalThis.runProgram(name), name);
}

async function read(folder, prefix) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.lua'));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [prefix + name, await readFile(folder + name, 'utf8')])),
  );
}
