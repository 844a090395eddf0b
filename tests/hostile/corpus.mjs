// The corpus of hostile Lua, and what becomes of it. Runs wherever `ao-unit/test` does: in Node and in a page.

/** The files of the corpus, each a way to attack. */
export const FILES = ['escape', 'metatables', 'hang', 'exhaust', 'neighbours'];

const VICTIM = `
  Secret = 'safe'
  Handlers.add('Ask', function(msg) msg.reply({ Data = Secret }) end)
  Handlers.add('Wait', function(msg)
    local answer = Send({ Target = 'nobody', Action = 'Question' }).receive()
    Secret = answer.Data
  end)`;

/** What a unit allows here: little, so that what runs until it has used it up is soon over. */
export const SETTINGS = { memoryLimit: 64_000_000, computeLimit: 100_000_000, budget: 100, liveProcesses: 8 };
/** A process may have 64 MB here; eight of them are live, the unit keeps images of the rest, and a runtime has its own. */
export const MOST_BYTES = 1_500_000_000;
/** Nothing takes longer than its gas: this is many times as long, in milliseconds. */
const LONGEST_MS = 30_000;

/**
 * The entries of a file: `--- title`, then `-- expect KIND: PATTERN` (`error`, `output`, the tags of a `message`, or how
 * many `spawns` or `assignments`), perhaps `-- after anything`: the process that was attacked from within may be of no
 * use any more; then Lua.
 */
export function entriesOf(text) {
  return text
    .split(/^--- /m)
    .slice(1)
    .map((part) => {
      const [title, ...lines] = part.split('\n');
      const [, kind, pattern] = /^-- expect (error|output|message|spawns|assignments): (.+)$/m.exec(part) ?? [];
      if (!kind) throw new Error(`${title}: nothing is expected`);
      const lua = lines.filter((line) => !/^-- (expect|after)/.test(line)).join('\n');
      return { title, kind, pattern: new RegExp(pattern), isLost: /^-- after anything$/m.test(part), lua };
    });
}

/** A unit with somebody to attack, somebody whom nobody has anything to do with, and a message to lay hands on. */
export async function stage(openTestUnit, t) {
  const unit = await openTestUnit(t, SETTINGS);
  const owner = unit.as('owner');
  const victim = await owner.deploy({ source: VICTIM });
  await owner.send(victim, { Action: 'Wait' });
  const bystander = await owner.deploy({ source: VICTIM });
  const bait = await owner.deploy({ source: '' });
  // The owner of all of them evaluates this, elsewhere.
  const { id: evaluation } = await owner.evaluate(bait, "Secret = 'owned'");
  return { unit, victim, bystander, evaluation };
}

/** Lets one entry do its worst; answers what is not as it should be, as texts. */
export async function attack({ unit, victim, evaluation }, { kind, pattern, isLost, lua }) {
  const attacker = await unit.as('attacker').deploy({ source: '' });
  const begun = performance.now();
  const aimed = lua.replaceAll('{victim}', victim).replaceAll('{evaluation}', evaluation);
  const sent = await unit.as('attacker').evaluate(attacker, aimed).catch((error) => ({ error }));
  const wrong = [];
  const { Spawns, Assignments } = sent.outcome ?? {};
  const said = {
    error: sent.error?.message ?? sent.error,
    output: sent.output,
    message: messagesOf(sent),
    spawns: String(Spawns?.length),
    assignments: String(Assignments?.length),
  }[kind];
  if (!pattern.test(said ?? '')) wrong.push(`${kind} is ${short(said)}: ${short(sent.error?.message ?? sent.error ?? sent.output)}`);
  if (kind === 'error' && said === undefined) wrong.push('it did not fail');
  const took = performance.now() - begun;
  if (took > LONGEST_MS) wrong.push(`it took ${Math.round(took)} ms`);
  wrong.push(...(await harmOf(unit, victim)));
  if (!isLost) {
    const after = await unit.as('attacker').evaluate(attacker, '1 + 1').catch((error) => ({ error }));
    if (after.output !== '2') wrong.push(`the process itself answers ${short(after.error?.message ?? after.error ?? after.output)}`);
  }
  return { wrong, took };
}

/** What is not as it should be when all of a file have done their worst: with the others, in their logs and replays. */
export async function aftermath({ unit, victim, bystander }) {
  const wrong = [];
  const { length } = (await unit.log({ process: bystander })).edges;
  if (length !== 1) wrong.push(`somebody whom nobody wrote to has ${length} messages`);
  for (const process of [victim, bystander]) {
    const { different, memoryIsEqual } = await unit.replay(process);
    if (different || !memoryIsEqual) wrong.push(`another is not what its log makes of it: ${different} outcomes`);
  }
  return wrong;
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

function messagesOf({ outcome }) {
  return (outcome?.Messages ?? []).flatMap(({ Tags }) => Tags.map(({ name, value }) => `${name}=${value}`)).join(' ');
}

function short(value) {
  const text = String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
