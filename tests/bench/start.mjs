// start.*: milliseconds from opening a page to its first result: of a new process; of one with 10,000 messages in its
// log. The browser has the files in its cache by then, as for whoever comes back, and each page is a new one.

import { spread } from './samples.mjs';

const MESSAGES = 10_000;

export async function start({ page, origin }, { quick }) {
  const rounds = quick ? 5 : 11;
  const first = (query) => firstResult(page, `${origin}/start/start.html${query}`);
  const cold = await repeated(rounds, () => first(''));
  await page.goto(origin);
  const made = await page.evaluate(longLogInPage, MESSAGES);
  const resume = await repeated(rounds, () => first(`?${new URLSearchParams(made)}`));
  return { 'start.cold': summary(cold), 'start.resume': summary(resume) };
}

function summary(samples) {
  // Of it, what passes before the page's script runs: the browser's part.
  const { figure: sinceScript } = spread(samples.map((sample) => sample.sinceScript));
  return { ...spread(samples.map(({ opened }) => opened)), sinceScript };
}

async function repeated(rounds, measure) {
  const samples = [];
  for (let round = 0; round <= rounds; round += 1) samples.push(await measure());
  return samples.slice(1);
}

async function firstResult(page, address) {
  await page.goto('about:blank');
  await page.goto(address);
  await page.waitForFunction(() => 'started' in globalThis);
  const { outcome, ...times } = await page.evaluate(() => globalThis.started);
  if (outcome.Messages?.length !== 1) throw new Error(`the first result is ${JSON.stringify(outcome)}`);
  return times;
}

/** Runs in the page, and leaves a process with `count` messages in its log. */
async function longLogInPage(count) {
  const { openUnit } = await import('/pkg/unit.js');
  const module = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
  const storage = `idb://start-${Math.random()}`;
  const unit = await openUnit({ storage });
  const data = "n = 0 Handlers.add('Add', 'Add', function(m) n = n + 1 m.reply({ Data = tostring(n) }) end)";
  const process = await unit.spawn({ module, tags: [{ name: 'On-Boot', value: 'Data' }], data });
  let message;
  for (let sent = 0; sent < count; sent += 500) {
    const tags = [{ name: 'Action', value: 'Add' }];
    const ids = await Promise.all(Array.from({ length: 500 }, () => unit.message({ process, tags })));
    message = ids[250];
    await unit.result({ process, message: ids[499] });
  }
  await unit.close();
  return { storage, process, message };
}
