// A tab with the unit on a storage: opened, asked, looked at and ended.

import { endWorkers, recordWorkers } from '../demo/workers.mjs';
import { decided } from './decided.mjs';

/** A page whose worker was ended knows that by then, and a tab that is told to crash has done so. */
const ENDED_MS = 20_000;

/** What opens tabs of a browser context, one after the other; each takes what `decided.mjs` does. */
export async function tabs(context, { origin, storage }) {
  let opening;
  let tab;
  await context.exposeBinding('told', (_, answer) => tab.told(answer));
  await context.addInitScript(recordWorkers);
  await context.route('**/pkg/worker.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: decided(opening) + (await response.text()) });
  });
  return async (next) => {
    opening = next;
    const page = await context.newPage();
    await page.goto(`${origin}/unit-api/`);
    await page.waitForFunction(() => globalThis.kit !== undefined);
    await page.evaluate(async (storage) => {
      globalThis.unit = await kit.openUnit({ storage });
    }, storage);
    tab = new Tab(page);
    return tab;
  };
}

class Tab {
  #page;
  #asked;
  #answers = [];

  constructor(page) {
    this.#page = page;
  }

  /** Takes in the spawns and has the last of them tick. */
  begin(spawns) {
    return this.#page.evaluate(begin, spawns);
  }

  /**
   * Asks for all of it at once. Resolves, when all is answered and whatever follows from it is evaluated, to how many
   * steps that took, and how many transactions were aborted. If the worker stops before, it does not.
   */
  ask(operations, plan) {
    this.#asked = this.#page.evaluate(operate, [operations, plan]);
    // What a tab that ends would have answered is of no interest.
    this.#asked.catch(() => {});
    return this.#asked;
  }

  /** Called as the page has an answer. */
  told({ number, ...answer }) {
    this.#answers[number] = answer;
  }

  look(known, replays = false) {
    return this.#page.evaluate(look, [known, replays]);
  }

  async export(process) {
    return new Uint8Array(Buffer.from(await this.#page.evaluate(exported, process), 'base64'));
  }

  /**
   * Ends it: `terminate` ends its worker first, `close` closes it, `crash` ends the process that it is in. Resolves to
   * what was answered to what was asked: of each that was answered, in its place, `{ id }` or `{ refused }`.
   */
  async end(how) {
    // What the worker has answered by now is heard of.
    await this.#page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    if (how === 'terminate') {
      await endWorkers(this.#page);
      await Promise.race([this.#asked.catch(() => {}), patience()]);
    }
    if (how === 'crash') {
      const session = await this.#page.context().newCDPSession(this.#page);
      const crashed = new Promise((resolve) => this.#page.once('crash', resolve));
      session.send('Page.crash').catch(() => {});
      if ((await Promise.race([crashed, patience()])) === 'late') throw new Error('the process of the tab did not crash');
    }
    await this.#page.close().catch(() => {});
    return this.#answers;
  }
}

const patience = () => new Promise((resolve) => setTimeout(resolve, ENDED_MS, 'late').unref());

// In the page.

async function begin(spawns) {
  for (const { item } of spawns) await unit.accept(Uint8Array.from(atob(item), (letter) => letter.charCodeAt(0)));
  await unit.monitor(spawns.at(-1).id);
}

async function operate([operations, plan]) {
  const bytes = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const accept = ({ item }) => unit.accept(item);
  const verbs = {
    pass: accept,
    fail: accept,
    burn: accept,
    hire: accept,
    spawn: accept,
    dryrun: ({ process, key }) => unit.dryrun({ process, tags: kit.tags({ Action: 'Give', Key: `dry-${key}` }) }),
    checkpoint: ({ process }) => unit.checkpointNow(process),
    tick: () => unit.advanceClock(1000),
    fork: async ({ process }) => ({ id: await unit.fork(process) }),
  };
  const channel = new BroadcastChannel('faults');
  const answer = (question) => {
    const answered = new Promise((resolve) => (channel.onmessage = ({ data }) => resolve(data)));
    channel.postMessage(question);
    return answered;
  };
  const prepared = operations.map((one) => ({ ...one, item: one.item && bytes(one.item) }));
  await answer({ plan: { ...plan, asked: operations.length } });
  const refused = ({ name, code, message }) => ({ refused: { name, code, message } });
  const answers = prepared.map(async (one, number) => {
    const given = await verbs[one.kind](one).then((done) => ({ id: done?.id }), refused);
    await told({ number, ...given });
  });
  await Promise.all(answers);
  for (;;) {
    // A transaction that is aborted now has other lists refused, too.
    const processes = await unit.processes().catch((error) => {
      if (!error.code?.startsWith('STORE_')) throw error;
    });
    if (processes?.every(({ length, evaluated }) => length === evaluated)) return { at: 'end', ...(await answer({ isAsking: true })) };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function look([known, replays]) {
  const { evidence } = await import('/faults/evidence.js');
  return evidence(unit, { known, replays });
}

async function exported(process) {
  const file = new Blob([await unit.exportProcess(process)]);
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(',')[1]);
    reader.readAsDataURL(file);
  });
}
