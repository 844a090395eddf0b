// The unit for a long time, at full speed:
//
//   node tests/soak/run.mjs [--evaluations N] [--json]
//
// needs pkg/dist to be built. It prints a table of samples, and fails for what `verdict.mjs` finds in them.

import { pathToFileURL, fileURLToPath } from 'node:url';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';
import { formOf } from '../demo/form.mjs';
import { accountOf } from './account.mjs';
import { browserMemory } from './memory.mjs';
import { figuresOf, LONG, problemsOf } from './verdict.mjs';

const PAGE = fileURLToPath(new URL('./page/', import.meta.url));
const FAULTS = fileURLToPath(new URL('../faults/page/', import.meta.url));
/** The database is measured when so much of the work is done: it takes a while, and the work waits for it. */
const MEASURED_AT = [0.2, 0.6, 1];

/** Put before the worker's script: collects its garbage, and tells how much memory its wasm instances have. */
const TELLING = `
const memories = new Set();
const keep = (memory) => {
  if (memory instanceof WebAssembly.Memory) memories.add(new WeakRef(memory));
};
for (const name of ['instantiate', 'instantiateStreaming']) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await original.apply(WebAssembly, given);
    Object.values((made.instance ?? made).exports).forEach(keep);
    return made;
  };
}
const listening = (construct) => ({ construct });
WebAssembly.Instance = new Proxy(WebAssembly.Instance, listening((made, given) => {
  const instance = new made(...given);
  Object.values(instance.exports).forEach(keep);
  return instance;
}));
WebAssembly.Memory = new Proxy(WebAssembly.Memory, listening((made, given) => {
  const memory = new made(...given);
  keep(memory);
  return memory;
}));
const telling = new BroadcastChannel('soak');
telling.onmessage = ({ data }) => {
  if (data !== 'ask') return;
  gc();
  let [bytes, instances] = [0, 0];
  for (const held of memories) {
    const memory = held.deref();
    if (memory) [bytes, instances] = [bytes + memory.buffer.byteLength, instances + 1];
    else memories.delete(held);
  }
  telling.postMessage({ bytes, instances });
};
`;

/**
 * Works until there were so many evaluations; then reads and replays all of every process. Answers the samples, the
 * sizes, what they come to and what is wrong.
 *
 * Memory is sampled as it is, every `sampleMs`. Garbage goes when the browser thinks fit; what is left without it says
 * whether anything grows for good. So each `collectEvery`-th sample is followed by one for which it was made to go.
 */
export async function runSoak({ evaluations, sampleMs = 4000, collectEvery = 8, settings = {}, bounds = LONG, tell = () => {} }) {
  return withBrowser(
    async ({ page, origin, complaints }) => {
      await page.context().route('**/pkg/worker.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: TELLING + (await response.text()) });
      });
      await page.goto(`${origin}/soak/`);
      await page.waitForFunction(() => globalThis.soak !== undefined);
      await page.evaluate((settings) => soak.start(settings), settings);
      const samples = [];
      const sizes = [];
      const known = [];
      let seconds = 0;
      while (sizes.length < MEASURED_AT.length) {
        const { took, acknowledged, ...seen } = await page.evaluate((milliseconds) => soak.work(milliseconds), sampleMs);
        known.push(...acknowledged);
        seconds += took / 1000;
        const sample = { seconds, took, ...seen, memory: browserMemory() };
        samples.push(sample);
        if (samples.length % collectEvery === 0) {
          const wasm = await page.evaluate(collectGarbage);
          sample.collected = { wasm, ...browserMemory() };
        }
        tell(sample);
        if (seen.evaluated >= MEASURED_AT[sizes.length] * evaluations) {
          sizes.push({ evaluated: seen.evaluated, ...(await page.evaluate(() => soak.sizes())) });
        }
      }
      const account = accountOf(await everything(page), known);
      await page.evaluate(() => soak.close());
      const figures = { ...figuresOf(samples, sizes), ...account.figures };
      const problems = [...problemsOf(figures, bounds), ...account.problems];
      problems.push(...complaints.map((complaint) => `the page complained: ${complaint}`));
      return { samples, sizes, figures, problems };
    },
    { folders: { '/soak/': PAGE, '/faults/': FAULTS, ...FOLDERS }, flags: ['--js-flags=--expose-gc'] },
  );
}

/** Everything that the unit has, read and replayed process by process. */
async function everything(page) {
  const { paused, processes } = await page.evaluate(() => soak.end());
  const read = [];
  for (const process of processes) read.push(await page.evaluate((process) => soak.evidence(process), process));
  return { paused, processes: read };
}

// In the page.

/** What is left of the garbage of page and worker, wasm memories of machines among it, goes; what they have then. */
function collectGarbage() {
  gc();
  const channel = new BroadcastChannel('soak');
  return new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      channel.close();
      resolve(data);
    };
    channel.postMessage('ask');
  });
}

function row({ seconds, evaluated, took, memory, collected }, before) {
  const rate = ((evaluated - before) / took) * 1000;
  const { wasm, ...without } = collected ?? {};
  const bytes = [memory, without].flatMap(({ tab, browser, all }) => [tab, browser, all]);
  const cells = [seconds.toFixed(0), evaluated, rate.toFixed(0), ...[...bytes, wasm?.bytes].map(megabytes), wasm?.instances ?? ''];
  return cells.map((cell) => String(cell).padStart(10)).join('');
}

const megabytes = (bytes) => (bytes === undefined ? '' : (bytes / 1e6).toFixed(1));

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { evaluations, json } = formOf({ evaluations: 500_000 }, ['json']);
  console.error('megabytes as they are, and with garbage collected:');
  const bytes = ['tab', 'browser', 'all'];
  const heads = ['seconds', 'evaluated', 'per s', ...bytes, ...bytes, 'wasm', 'memories'];
  console.error(heads.map((head) => head.padStart(10)).join(''));
  let before = 0;
  const tell = (sample) => {
    console.error(row(sample, before));
    before = sample.evaluated;
  };
  const { figures, problems } = await runSoak({ evaluations, tell });
  console.error(JSON.stringify(figures, null, 2));
  for (const problem of problems) console.error(problem);
  if (json) console.log(JSON.stringify({ ...figures, problems }));
  process.exitCode = problems.length > 0 ? 1 : 0;
}
