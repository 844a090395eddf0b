// The examples of www/examples as messages to a process, and what is expected of the answers.
// www/examples/README.md says how to read them; crate/machine/tests/examples.rs does the same natively.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';

const FOLDER = new URL('../../www/examples/', import.meta.url);
const START = 1_700_000_000_000;
/** The block of the process itself; each message is in the next one. */
const START_HEIGHT = 1000;
const NAMES = ['owner', 'alice', 'bob', 'carol', 'process'];

const env = {
  Process: { Id: 'process', Owner: 'owner', Tags: [{ name: 'Module', value: 'module' }] },
  Module: { Id: 'module', Owner: '', Tags: [] },
};

/** Every example of one process by itself: `{ name, source, title, description, steps }`. tests/playground runs all. */
export async function readExamples() {
  const entries = await readdir(FOLDER, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const examples = await Promise.all(names.sort().map(readExample));
  return examples.filter(({ cast, spawn }) => !cast && !spawn);
}

async function readExample(name) {
  const source = await readFile(new URL(`${name}/process.lua`, FOLDER), 'utf8');
  const script = JSON.parse(await readFile(new URL(`${name}/messages.json`, FOLDER), 'utf8'));
  assert.match(script.description, /^[A-Z].*\.$/, `${name} is described in a sentence`);
  return { name, source, ...script };
}

/** The process itself, then its messages, as `replay` takes them. */
export function scriptOf({ source, steps }) {
  const spawn = { tags: { Type: 'Process', 'On-Boot': 'Data' }, data: source, id: 'process', from: 'owner' };
  return [{ msg: messageOf(spawn, 0), env }, ...steps.map((step, index) => ({ msg: messageOf(step, index + 1), env }))];
}

function messageOf(step, nonce) {
  const facts = factsOf(step, nonce);
  // The source of the process is not a template.
  const filled = nonce === 0 ? step : fill(step, facts);
  const { from, tags, data = '' } = filled;
  return {
    Id: facts.id,
    Target: 'process',
    From: from,
    Owner: from,
    Tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
    Data: typeof data === 'string' ? data : JSON.stringify(data),
    Timestamp: facts.timestamp,
    'Block-Height': START_HEIGHT + nonce,
    Nonce: nonce,
    Epoch: 0,
    Module: 'module',
  };
}

/** Throws when an answer is not as the example expects it. */
export function check({ name, steps }, answers) {
  assert.deepEqual(failureOf(answers[0]), undefined, `${name} boots`);
  for (const [index, step] of steps.entries()) {
    const where = `${name}, step ${index + 1}`;
    const answer = answers[index + 1];
    assert.deepEqual(failureOf(answer), undefined, where);
    const { messages = [], output } = fill(step.expected, factsOf(step, index + 1));
    const { Messages, Output } = answer.result;
    assert.ok(matches(messages, Messages.map(plain)), `${where}: ${JSON.stringify(Messages)}`);
    if (output !== undefined) assert.ok(contains(output, Output.data), `${where}: ${Output.data}`);
  }
}

const failureOf = ({ threw, result }) => threw ?? result.Error;

const plain = ({ Tags, ...fields }) => ({
  ...fields,
  Tags: Object.fromEntries(Tags.map(({ name, value }) => [name, value])),
});

function contains(expected, output) {
  return Array.isArray(expected) ? expected.every((part) => output.includes(part)) : matches(expected, output);
}

/** Whether everything that is expected is there. */
function matches(expected, actual) {
  if (expected === null || typeof expected !== 'object') return expected === actual;
  const value = typeof actual === 'string' ? parsed(actual) : actual;
  if (value === null || typeof value !== 'object') return false;
  if (Array.isArray(expected) && expected.length !== value.length) return false;
  return Object.entries(expected).every(([name, inner]) => matches(inner, value[name]));
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function factsOf({ id }, nonce) {
  const addresses = Object.fromEntries(NAMES.map((name) => [name, name]));
  return { ...addresses, id: id ?? `message-${nonce}`, timestamp: START + nonce * 1000, age: nonce * 1000 };
}

/** `value` with every `{name}` in its texts replaced; a text that is nothing else becomes the fact itself. */
function fill(value, facts) {
  if (Array.isArray(value)) return value.map((inner) => fill(inner, facts));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, facts)]));
  }
  if (typeof value !== 'string') return value;
  const whole = /^\{(\w+)\}$/.exec(value)?.[1];
  return facts[whole] ?? value.replace(/\{(\w+)\}/g, (text, name) => facts[name] ?? text);
}
