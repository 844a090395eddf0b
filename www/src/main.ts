import { openUnit, type Unit } from 'ao-unit/unit';
import { readAgain, readBalances, runDemo, type Run } from './demo.ts';
import { forgetRun, savedRun, saveRun } from './saved.ts';
import { clear, messageOf, say, showBalances, step, view } from './view.ts';
import token from '../examples/token/process.lua?raw';

let unit: Unit | undefined;

view.source.value = token;
view.form.addEventListener('submit', (event) => {
  event.preventDefault();
  void busy('Running…', run);
});
view.reload.addEventListener('click', () => location.reload());

const earlier = savedRun();
if (earlier) void busy('Reading what was stored…', () => readStored(earlier));

async function run(): Promise<void> {
  forgetRun();
  const opened = await open();
  const done = await runDemo(opened, view.source.value, step);
  saveRun(done);
  await balances(opened, done, 'Read from the state of the process.');
  say('Done. Reload the page: everything is read again from what this browser stored.');
}

async function readStored(earlier: Run): Promise<void> {
  const opened = await open();
  await readAgain(opened, earlier, step);
  await balances(opened, earlier, 'Read again from what this browser stored.');
  say('Everything is as it was before the reload.');
}

async function open(): Promise<Unit> {
  unit ??= await step('Open the unit', () => openUnit({ storage: 'idb://ao-unit-www' }), ({ address }) => address);
  return unit;
}

async function balances(opened: Unit, run: Run, note: string): Promise<void> {
  const count = (read: object) => `${Object.keys(read).length} addresses`;
  showBalances(await step('Read the balances', () => readBalances(opened, run), count), run, note);
}

/** One thing at a time; what goes wrong stands in the log and below it. */
async function busy(doing: string, work: () => Promise<void>): Promise<void> {
  clear();
  say(doing);
  view.run.disabled = true;
  view.reload.disabled = true;
  try {
    await work();
  } catch (error) {
    // Whatever became of the unit, the next run opens it anew; one that is still open is shared.
    unit = undefined;
    say(`It failed: ${messageOf(error)}`);
  } finally {
    view.run.disabled = false;
    view.reload.disabled = savedRun() === undefined;
  }
}
