// What becomes of hostile Lua: one entry after the other, in a unit with others beside it. Runs wherever `ao-unit/test`
// does: in Node and in a page.

import { differences, short } from './corpus.mjs';

const VICTIM = `
  Secret = 'safe'
  Handlers.add('Ask', function(msg) msg.reply({ Data = Secret }) end)
  Handlers.add('Wait', function(msg)
    local answer = Send({ Target = 'nobody', Action = 'Question' }).receive()
    Secret = answer.Data
  end)`;
const TICKER = `
  Ticks = 0
  Handlers.add('Tick', 'Tick', function() Ticks = Ticks + 1 end)`;

/** What a unit allows here: little, so that what runs until it has used it up is soon over. */
export const SETTINGS = { memoryLimit: 64_000_000, computeLimit: 100_000_000, budget: 100, liveProcesses: 8 };
/** A process's turn ends after so many messages: nobody waits longer for theirs. */
const TURN = 16;
/** Gas that an onlooker's own answer may take. */
const ANSWER_GAS = 100_000;
/**
 * How long gas may take, in nanoseconds; a message, which may be the first of a process, and what an attack takes beside
 * that, in milliseconds: the slowest took a third of it.
 */
const LONGEST = { perGas: 100, perMessage: 30, beside: 1000 };

/**
 * A unit with somebody to attack, others whom it has nothing to do with, and a message to lay hands on. `clock` tells the
 * milliseconds by which what takes too long is judged.
 */
export async function stage(openTestUnit, t, clock) {
  const unit = await withOneIdentity(() => openTestUnit(t, SETTINGS));
  const owner = unit.as('owner');
  const victim = await owner.deploy({ source: VICTIM });
  await owner.send(victim, { Action: 'Wait' });
  const bystander = await owner.deploy({ source: VICTIM });
  // Somebody asks the one, and the other has a clock, while the attacks go on.
  const onlooker = await owner.deploy({ source: VICTIM });
  const ticker = await owner.deploy({ source: TICKER, tags: { 'Cron-Interval': '1-second', 'Cron-Tag-Action': 'Tick' } });
  await unit.monitor(ticker);
  // Its first tick is due a second after it was made; from then on, three are in three seconds.
  await unit.advance(2000);
  const bait = await owner.deploy({ source: '' });
  // The owner of all of them evaluates this, elsewhere.
  const { id: evaluation } = await owner.evaluate(bait, "Secret = 'owned'");
  return { unit, clock, victim, bystander, onlooker, ticker, evaluation };
}

/**
 * Lets one entry do its worst. Answers what is not as it should be, as texts; what came of it, which is everywhere the
 * same; and how long it took, and the onlooker waited, in milliseconds.
 */
export async function attack(staged, { expected, gas, isLost, isReplayed, lua }) {
  const { unit, victim, evaluation } = staged;
  const [others, waiting] = [await idsOf(unit), await causesOf(unit)];
  const attacker = await unit.as('attacker').deploy({ source: '', tags: { 'Compute-Limit': gas } });
  const aimed = lua.replaceAll('{victim}', victim).replaceAll('{evaluation}', evaluation);
  const first = await watched(staged, () => unit.as('attacker').evaluate(attacker, aimed).catch((error) => ({ error })));
  const sent = first.result;
  const paused = await pausedBut(unit, waiting);
  const made = await newIn(unit, [...others, attacker]);
  const counts = { made: String(made.length), paused: sum(paused), resumed: '0' };
  const said = { ...wordsOf(sent), ...counts, refused: await refusalsOf(unit, attacker), boot: await bootOf(unit, made) };
  const wrong = [...first.wrong];
  if (said.error?.startsWith('out of gas') && sent.outcome.GasUsed !== Number(gas)) wrong.push(`it had ${sent.outcome.GasUsed} gas`);
  let second;
  if (paused.length > 0) {
    second = await watched(staged, async () => {
      for (const { cause } of paused) await unit.resume(cause);
      await unit.settle();
    });
    wrong.push(...second.wrong, ...(await standstill(staged)));
    said.resumed = sum(await pausedBut(unit, waiting));
  }
  wrong.push(...(await harmOf(unit, victim)));
  if (!isLost) {
    const after = await unit.as('attacker').evaluate(attacker, '1 + 1').catch((error) => ({ error }));
    if (after.output !== '2') wrong.push(`the process itself answers ${short(after.error?.message ?? after.error ?? after.output)}`);
  }
  if (isReplayed) {
    const { different, memoryIsEqual } = await unit.replay(attacker);
    if (different || !memoryIsEqual) wrong.push(`its log comes to something else: ${different} outcomes`);
  }
  for (const id of await newIn(unit, others)) await unit.deleteProcess(id);
  said.left = sum(await pausedBut(unit, waiting));
  wrong.push(...differences(expected, said));
  const came = { ...said, message: undefined, outcome: await digest(sent.outcome), used: first.used, usedNext: second?.used };
  return { wrong, came, took: first.took, waited: Math.max(first.waited, second?.waited ?? 0) };
}

/** What is not as it should be when all of a file have done their worst: with the others, in their logs and replays. */
export async function aftermath({ unit, victim, bystander, onlooker, ticker }) {
  const wrong = [];
  const { length } = (await unit.log({ process: bystander })).edges;
  if (length !== 1) wrong.push(`somebody whom nobody wrote to has ${length} messages`);
  for (const process of [victim, bystander, onlooker, ticker]) {
    const { different, memoryIsEqual } = await unit.replay(process);
    if (different || !memoryIsEqual) wrong.push(`another is not what its log makes of it: ${different} outcomes`);
  }
  return wrong;
}

/**
 * Does something, and asks the onlooker meanwhile. Nobody is evaluated twice in the time that one turn of each takes: so
 * much gas may be used before the onlooker answers, and no more.
 */
async function watched({ unit, clock, onlooker }, act) {
  const gasOf = new Map();
  let [used, messages, gasBefore, waited] = [0, 0, undefined, undefined];
  const [begun, begunByClock] = [performance.now(), clock()];
  const off = unit.on('evaluated', ({ process, gas }) => {
    used += gas;
    messages += 1;
    if (gasBefore !== undefined) return;
    if (process === onlooker) [gasBefore, waited] = [used, performance.now() - begun];
    else gasOf.set(process, [...(gasOf.get(process) ?? []), gas]);
  });
  const acting = act();
  const { reply } = await unit.as('somebody').send(onlooker, { Action: 'Ask' });
  const result = await acting;
  const [took, tookByClock] = [performance.now() - begun, clock() - begunByClock];
  off();
  const wrong = [];
  if (reply?.Data !== 'safe') wrong.push(`an onlooker answers ${short(reply?.Data)}`);
  for (const [process, turns] of gasOf) if (turns.length > TURN) wrong.push(`${process} had ${turns.length} messages evaluated before the onlooker`);
  if (gasBefore === undefined) wrong.push('nobody was told of the onlooker’s answer');
  else if (gasBefore > SETTINGS.computeLimit * Math.max(1, gasOf.size) + ANSWER_GAS) wrong.push(`the onlooker waited for ${gasBefore} gas`);
  const longest = LONGEST.beside + LONGEST.perMessage * messages + (LONGEST.perGas * used) / 1e6;
  if (tookByClock > longest) wrong.push(`it took ${Math.round(tookByClock)} ms for ${used} gas in ${messages} messages`);
  return { result, used, waited, took, wrong };
}

/** Time passes, for others; what is paused waits for somebody to let it go on. */
async function standstill({ unit, ticker }) {
  const [count, lengths] = [Number(await unit.read(ticker, 'Ticks')), await lengthsBut(unit, ticker)];
  await unit.advance(3000);
  const ticks = Number(await unit.read(ticker, 'Ticks')) - count;
  return [
    ...(ticks === 3 ? [] : [`a clock ticked ${ticks} times in three seconds`]),
    ...((await lengthsBut(unit, ticker)) === lengths ? [] : ['what is paused went on by itself']),
  ];
}

/** What became of somebody else's process. */
async function harmOf(unit, victim) {
  const secret = await unit.read(victim, 'Secret');
  const { reply } = await unit.as('somebody').send(victim, { Action: 'Ask' });
  return [
    ...(secret === 'safe' ? [] : [`the secret of another is ${short(secret)}`]),
    ...(reply?.Data === 'safe' ? [] : [`another answers ${short(reply?.Data)}`]),
  ];
}

/** What can be stated of an outcome. */
function wordsOf({ error, output, outcome }) {
  const tags = (outcome?.Messages ?? []).flatMap(({ Tags }) => Tags.map(({ name, value }) => `${name}=${value}`));
  const { Spawns = [], Assignments = [] } = outcome ?? {};
  const words = { output: error === undefined ? output : undefined, message: tags.join(' '), spawns: String(Spawns.length) };
  return { error: error?.message ?? error, ...words, assignments: String(Assignments.length) };
}

/** Why the first messages of processes failed. */
async function bootOf(unit, processes) {
  const errors = [];
  for (const process of processes) errors.push((await unit.result({ process, message: process })).Error ?? '');
  return errors.filter((error) => error !== '').join('\n');
}

async function refusalsOf(unit, process) {
  return (await unit.outbound({ process })).entries.map(({ reason }) => reason).join('\n');
}

const idsOf = async (unit) => (await unit.processes()).map(({ id }) => id);
const newIn = async (unit, before) => (await idsOf(unit)).filter((id) => !before.includes(id));
const causesOf = async (unit) => (await unit.paused()).map(({ cause }) => cause);
const pausedBut = async (unit, before) => (await unit.paused()).filter(({ cause }) => !before.includes(cause));
const sum = (paused) => String(paused.reduce((all, { held }) => all + held, 0));

async function lengthsBut(unit, process) {
  return (await unit.processes()).filter(({ id }) => id !== process).map(({ id, length }) => `${id} ${length}`).join();
}

/** A unit draws its own address, which whoever is sent something sees: it is the same here, so that the gas can be. */
async function withOneIdentity(open) {
  const draw = crypto.getRandomValues;
  crypto.getRandomValues = (bytes) => (bytes.length === 32 ? bytes.fill(1) : draw.call(crypto, bytes));
  try {
    return await open();
  } finally {
    crypto.getRandomValues = draw;
  }
}

/** An outcome may have millions of bytes: what is compared is their hash. */
async function digest(outcome) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(outcome))));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
