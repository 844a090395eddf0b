// The unit for a long time, at full speed:
//
//   node tests/soak/run.mjs [--evaluations N] [--json]
//
// needs pkg/dist to be built. It prints a table of samples, and fails for what `verdict.mjs` finds in them.

import { pathToFileURL, fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';
import { rendererMemory } from './memory.mjs';
import { figuresOf, LONG, problemsOf } from './verdict.mjs';

const PAGE = fileURLToPath(new URL('./page/', import.meta.url));
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

/** Works until there were so many evaluations; answers the samples, the sizes, what they come to and what is wrong. */
export async function runSoak({ evaluations, sampleMs = 4000, settings = {}, bounds = LONG, tell = () => {} }) {
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
      let seconds = 0;
      while (sizes.length < MEASURED_AT.length) {
        const { took, ...seen } = await page.evaluate((milliseconds) => soak.work(milliseconds), sampleMs);
        seconds += took / 1000;
        const most = rendererMemory();
        const wasm = await page.evaluate(collectGarbage);
        const sample = { seconds, took, ...seen, most, memory: rendererMemory(), wasm };
        samples.push(sample);
        tell(sample);
        if (seen.evaluated >= MEASURED_AT[sizes.length] * evaluations) {
          sizes.push({ evaluated: seen.evaluated, ...(await page.evaluate(() => soak.sizes())) });
        }
      }
      const replayed = await page.evaluate(() => soak.replayed());
      await page.evaluate(() => soak.close());
      const figures = figuresOf(samples, sizes);
      const problems = problemsOf(figures, bounds);
      if (!replayed) problems.push('a replay comes to something else than what is stored');
      problems.push(...complaints.map((complaint) => `the page complained: ${complaint}`));
      return { samples, sizes, figures, problems };
    },
    { folders: { '/soak/': PAGE, ...FOLDERS }, flags: ['--js-flags=--expose-gc'] },
  );
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

function row({ seconds, evaluated, took, most, memory, wasm }, before) {
  const rate = ((evaluated - before) / took) * 1000;
  const bytes = [most, memory, wasm.bytes].map(megabytes);
  const cells = [seconds.toFixed(0), evaluated, rate.toFixed(0), ...bytes, wasm.instances];
  return cells.map((cell) => String(cell).padStart(10)).join('');
}

const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { evaluations: { type: 'string' }, json: { type: 'boolean' } } });
  const evaluations = Number(values.evaluations ?? 500_000);
  const heads = ['seconds', 'evaluated', 'per s', 'MB', 'live MB', 'wasm MB', 'memories'];
  console.error(heads.map((head) => head.padStart(10)).join(''));
  let before = 0;
  const tell = (sample) => {
    console.error(row(sample, before));
    before = sample.evaluated;
  };
  const { figures, problems } = await runSoak({ evaluations, tell });
  console.error(JSON.stringify(figures, null, 2));
  for (const problem of problems) console.error(problem);
  if (values.json) console.log(JSON.stringify({ ...figures, problems }));
  process.exitCode = problems.length > 0 ? 1 : 0;
}
