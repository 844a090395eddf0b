// The unit while its worker is ended at moments that a seed chooses:
//
//   node tests/faults/run.mjs [--kills N] [--seed S] [--json]
//
// needs pkg/dist to be built. The seed decides what is asked, with its signatures and ids; the clock and the random
// numbers of the unit's worker, and so its crons; which part of what is asked it hears when; when a transaction is
// aborted; after which step the worker stops for good, to be ended there; and how. So a failure can be repeated: the
// same seed comes to the same logs, outcomes and refusals (`faults.test.mjs`), as long as the unit is the same.
//
// It does not decide what the browser does by itself: how long anything takes, and what becomes of a transaction that
// is being committed as its process ends. So a worker is stopped between two steps of a transaction (`decided.mjs`),
// and not in them. Tabs that end at any moment are in `tests/tabs/many.test.mjs`.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { FOLDERS, withBrowser } from '../demo/browser.mjs';
import { formOf } from '../demo/form.mjs';
import { Book } from './book.mjs';
import { STOP } from './decided.mjs';
import { faultsOf } from './invariants.mjs';
import { author } from './items.mjs';
import { keptAlthoughRefused, refusalsOf, sum } from './refusals.mjs';
import { tabs } from './tab.mjs';
import { undisturbedFaults } from './undisturbed.mjs';
import { chance, round } from './workload.mjs';

const STORAGE = 'idb://faults';
const PAGE = fileURLToPath(new URL('./page/', import.meta.url));
/** Between looks at everything, what is new is read. */
const ROUNDS_PER_LOOK = 25;
/** A round comes to its step, or to its end, by then. */
const PATIENCE_MS = 60_000;
/** When the first tab is opened, in milliseconds since 1970; and how much later the next is, at least. */
const [BEGINNING, LATER_MS] = [1_735_689_600_000, 2000];

/**
 * Runs the workload of `seed` with so many kills, and answers what was lost, doubled or otherwise; what each round came
 * to, as `rounds`; and what the unit has at the end, as `whole`.
 */
export async function runFaults({ kills = 200, seed = 1 } = {}) {
  const stops = new Stops();
  return withBrowser(
    async ({ page, origin }) => {
      const random = chance(seed);
      const { spawns, signed } = await author(seed);
      const openTab = await tabs(page.context(), { origin, storage: STORAGE });
      let time = BEGINNING;
      const open = (number) => openTab({ seed: seed * 100_003 + number, time });

      let tab = await open(0);
      const processes = await spawns();
      await tab.begin(processes);
      const acknowledged = processes.map(({ id }) => ({ kind: 'spawn', id }));
      const [faults, rounds, refused] = [[], [], []];
      const book = new Book();
      // A log that does not read is refused: nothing can be said of the rest then.
      const look = (...how) => tab.look(...how).catch((error) => void faults.push({ kind: 'unreadable', why: String(error) }));
      for (let number = 0; number < kills && faults.length === 0; number += 1) {
        const { operations, plan, how, pause } = round(random, number);
        const forks = acknowledged.filter(({ kind }) => kind === 'fork').slice(-2);
        const asked = await signed(operations, [...processes, ...forks].map(({ id }) => id));
        const ended = await Promise.race([stops.next(), tab.ask(asked, plan), patience()]);
        const answers = await tab.end(how);
        if (ended.at === 'nowhere') faults.push({ kind: 'hang', number, how });
        const answered = asked.map((one, i) => ({ ...one, answer: answers[i] }));
        const { faults: otherwise, ...refusals } = refusalsOf({ operations: answered, how, aborted: ended.aborted });
        rounds.push({ asked: asked.map(({ kind, key, id }) => ({ kind, key, id })), answers, how, ...ended, ...refusals });
        acknowledged.push(...answered.filter(({ answer }) => answer?.id).map(({ kind, answer }) => ({ kind, id: answer.id })));
        refused.push(...answered.filter(({ id, answer }) => id && answer?.refused?.code?.startsWith('STORE_')).map(({ id }) => id));

        time += LATER_MS + pause;
        tab = await open(number + 1);
        if ((number + 1) % ROUNDS_PER_LOOK === 0) book.clear();
        const seen = await look(book.known());
        if (!seen) break;
        book.enter(seen);
        const found = [...faultsOf({ ...seen, processes: book.processes() }, acknowledged), ...otherwise];
        found.push(...keptAlthoughRefused(refused, seen.processes));
        faults.push(...found.map((fault) => ({ number, how, ...fault })));
        if ((number + 1) % ROUNDS_PER_LOOK === 0) console.error(`${number + 1} kills, ${acknowledged.length} acknowledged`);
      }

      const isReadable = !faults.some(({ kind }) => kind === 'unreadable');
      const whole = (isReadable && (await look({}, true))) || { processes: [] };
      if (whole.ids) faults.push(...faultsOf(whole, acknowledged).map((fault) => ({ how: 'end', ...fault })));
      const elsewhere = await undisturbedFaults(exports(tab, whole.processes));
      faults.push(...elsewhere.faults.map((fault) => ({ how: 'undisturbed', ...fault })));
      const figures = figuresOf({ rounds, whole, elsewhere, acknowledged, faults });
      return { figures: { kills: rounds.length, seed, ...figures }, faults, rounds, whole };
    },
    { folders: { '/faults/': PAGE, ...FOLDERS }, routes: { [STOP]: (request) => stops.tell(request) } },
  );
}

/** What ends a round that comes neither to its step nor to its end. */
const patience = () => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, { at: 'nowhere', steps: 0, aborted: 0 }).unref());

/** The steps at which workers stopped, as they say it. They are not answered. */
class Stops {
  #tell = () => {};

  next() {
    return new Promise((resolve) => (this.#tell = resolve));
  }

  tell(request) {
    const said = Object.fromEntries(new URL(request.url, 'http://localhost').searchParams);
    this.#tell({ at: said.kind, steps: Number(said.steps), aborted: Number(said.aborted) });
  }
}

function figuresOf({ rounds, whole, elsewhere, acknowledged, faults }) {
  const count = (kind) => faults.filter((fault) => fault.kind === kind).length;
  const all = (name) => rounds.map((round) => round[name]).reduce(sum, {});
  const evaluated = whole.processes.reduce((total, { replayed }) => total + replayed.entries, 0);
  const times = (name) => rounds.map((round) => ({ [round[name]]: 1 })).reduce(sum, {});
  return {
    hows: times('how'),
    stopped: times('at'),
    aborted: rounds.reduce((total, { aborted }) => total + aborted, 0),
    asked: rounds.reduce((total, { asked }) => total + asked.length, 0),
    sent: acknowledged.length,
    refused: all('refused'),
    unanswered: all('unanswered'),
    processes: whole.processes.length,
    evaluated,
    evaluatedElsewhere: elsewhere.entries,
    lost: count('lost'),
    doubled: count('doubled'),
    gaps: count('gap'),
    chains: count('chain') + count('fork'),
    otherRefusals: count('refusal'),
    unreadable: count('unreadable'),
    hung: count('hang'),
    replayEqual: whole.ids !== undefined && count('replay') === 0 && elsewhere.entries >= evaluated,
  };
}

async function* exports(tab, processes) {
  for (const { id } of processes) yield { id, file: await tab.export(id) };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { kills, seed, json } = formOf({ kills: 200, seed: 1 }, ['json']);
  const { figures, faults } = await runFaults({ kills, seed });
  for (const fault of faults.slice(0, 20)) console.error(JSON.stringify(fault));
  if (!json) console.error(figures);
  else console.log(JSON.stringify(figures));
  process.exitCode = faults.length > 0 ? 1 : 0;
}
