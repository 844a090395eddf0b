// Runs the scenario in both worlds.
//
//   node tests/aoconnect/run.mjs [TEXT]
//
// prints the steps that differ, listed or not, of those whose name has the text.

import { pathToFileURL } from 'node:url';
import { attempt, comparable, idsIn } from './attempt.mjs';
import { steps as data } from './data.mjs';
import { steps as misspelled } from './misspelled.mjs';
import { steps as scenario } from './scenario.mjs';
import { steps as signing } from './signing.mjs';
import { steps as tagging } from './tagging.mjs';
import { ourWorld, realWorld } from './world.mjs';

const steps = [...scenario, ...misspelled, ...data, ...tagging, ...signing];

/** What came of each step: with the real aoconnect, and with ours, in a form that can be compared. */
export async function runScenario(one = realWorld, other = ourWorld) {
  const worlds = [await run(await one()), await run(await other())];
  const [ids, ...others] = worlds.map(({ outcomes }) => idsIn(outcomes));
  const constants = new Set([...ids].filter((id) => others[0].has(id)));
  return steps.map(([what], index) => {
    const [real, ours] = worlds.map(({ outcomes, names }) => comparable(outcomes[index], names, constants));
    return { what, real, ours, error: worlds[1].outcomes[index].error };
  });
}

async function run({ ao, kit, close }) {
  const outcomes = [];
  const names = new Map();
  for (const [, call, name] of steps) {
    const outcome = await attempt(() => call(ao, kit));
    outcomes.push(outcome);
    if (!name) continue;
    kit[name] = outcome.value;
    if (typeof outcome.value === 'string') names.set(outcome.value, name);
  }
  await close();
  return { outcomes, names };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { what, real, ours } of await runScenario()) {
    const [one, other] = [JSON.stringify(real), JSON.stringify(ours)];
    if (one === other || !what.includes(process.argv[2] ?? '')) continue;
    const same = [...one].findIndex((character, index) => character !== other[index]);
    const shown = (text) => text.slice(Math.max(0, same - 60), same + 240);
    console.log(`${what}\n  aoconnect …${shown(one)}\n  ao-unit   …${shown(other)}`);
  }
}
