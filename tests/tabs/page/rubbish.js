// A page of the same origin that writes rubbish wherever it can, decided by a seed.

import { chance } from '/faults/workload.mjs';

const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const VERBS = [
  'accept', 'identify', 'assign', 'result', 'outcomeAt', 'dryrun', 'inspect', 'processes', 'find', 'clock', 'modules',
  'registerModule', 'results', 'log', 'consequences', 'dataAt', 'outbound', 'advance', 'remove', 'paused', 'resume',
  'monitor', 'checkpointNow', 'replay', 'fork', 'exportProcess', 'importProcess', 'archivePart', 'subscribe', 'watch',
  'unwatch', 'signingHash', 'recoverEthereumKey', 'sealItem', 'impersonate', 'hold', 'held', 'settled', 'release',
  'setTime', 'snapshot', 'revert',
];
const NO_VERBS = ['open', 'close', 'end', 'constructor', '__proto__', 'toString', 'hasOwnProperty', '', 'fly', null, 7, {}];

/** Throws so many pieces of rubbish at everything of `storage`; answers how many went where. */
export async function throwRubbish({ storage, seed, pieces }) {
  const random = chance(seed);
  const below = (limit) => Math.floor(random() * limit);
  const pick = (list) => list[below(list.length)];
  const rubbish = rubbishBy(random, below, pick);
  const posted = {};
  const ends = [];

  const targets = Object.entries(Object.groupBy(await targetsOf(storage, below, ends), ([name]) => name));
  for (let piece = 0; piece < pieces; piece += 1) {
    const [name, places] = pick(targets);
    try {
      pick(places)[1](rubbish());
      posted[name] = (posted[name] ?? 0) + 1;
    } catch {
      // What cannot be cloned is not even rubbish.
    }
    // Some come one by one, most in a flood.
    if (piece % 50 === 0) await new Promise((resolve) => setTimeout(resolve, below(8)));
  }
  // What was posted is heard before those that posted it are gone.
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (const end of ends) end();
  return posted;
}

/** Everything of a storage that can be written to: each with a name, and a way to post. */
async function targetsOf(storage, below, ends) {
  const targets = [];
  const channel = (name, address) => {
    const opened = new BroadcastChannel(address);
    ends.push(() => opened.close());
    targets.push([name, (value) => opened.postMessage(value)]);
  };
  const worker = (name, ...before) => {
    const made = new Worker('/pkg/worker.js', { type: 'module' });
    // It may die of it: it is the hostile page's own.
    made.addEventListener('error', (event) => event.preventDefault());
    for (const message of before) made.postMessage(message);
    ends.push(() => made.terminate());
    targets.push([name, (value) => made.postMessage(below(2) ? value : [value])]);
  };

  const keys = [...(await keysIn(storage)), 'x', ''];
  const own = await protocolOf(storage);
  for (const protocol of [own - 1, own]) {
    channel('hall', `ao-unit/${protocol}:${storage}`);
    for (const key of keys) {
      channel('guessed lines', `ao-unit/${protocol}:${key}`);
      channel('guessed lines', `ao-unit/${protocol}:${storage}:${key}`);
    }
  }
  for (const secret of await linesOf(storage, own, ends)) channel('a line of its own', `ao-unit/${own}:${secret}`);
  worker('an idle worker');
  worker('a worker that follows', [{ id: 1, method: 'open', args: [{ storage, settings: '{}' }] }]);
  worker('a worker with no settings', [{ id: 1, method: 'open', args: [{ storage, settings: 'none', wasm: '/nothing' }] }]);
  targets.push(['locks', (value) => holdAny(storage, own, value, ends)]);
  return targets;
}

/** The version of what the tabs of a storage say to each other, as the lock of whoever leads tells it. */
async function protocolOf(storage) {
  for (;;) {
    const { held } = await navigator.locks.query();
    const leads = held.find(({ name }) => name.includes(`:${storage} leads `));
    if (leads) return Number(/^ao-unit\/(\d+):/.exec(leads.name)[1]);
    // Between two leaders there is none.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What the locks of a storage tell anybody. */
async function keysIn(storage) {
  const { held } = await navigator.locks.query();
  return held.filter(({ name }) => name.includes(storage)).map(({ name }) => name.split(' ').at(-1));
}

/** The lines that the leader opens for whoever holds a follower's lock. */
async function linesOf(storage, protocol, ends) {
  const secrets = [];
  const { publicKey, privateKey } = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const own = encoded(await crypto.subtle.exportKey('raw', publicKey));
  hold(`ao-unit/${protocol}:${storage} follows ${own}`, ends);
  for (const key of await keysIn(storage)) {
    try {
      const bytes = Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
      const theirs = await crypto.subtle.importKey('raw', bytes, CURVE, false, []);
      const bits = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, privateKey, 256);
      secrets.push(encoded(await crypto.subtle.digest('SHA-256', bits)));
    } catch {
      // No key.
    }
  }
  return secrets;
}

function encoded(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Claims to lead, or to follow, under whatever name. */
function holdAny(storage, protocol, value, ends) {
  const key = typeof value === 'string' ? value.slice(0, 100) : 'A'.repeat(87);
  const part = ['leads', 'follows'][key.length % 2];
  hold(`ao-unit/${protocol}:${storage} ${part} ${key}`, ends);
}

function hold(name, ends) {
  const ended = new Promise((end) => ends.push(end));
  void navigator.locks.request(name, () => ended);
}

/** What makes one piece after the other. */
function rubbishBy(random, below, pick) {
  const bytes = (length) => Uint8Array.from({ length }, () => below(256));
  const text = (length) => String.fromCharCode(...Array.from({ length }, () => below(0x3000)));
  const circle = () => {
    const object = { id: below(50) };
    object.self = object;
    return object;
  };
  const plain = [
    () => null, () => undefined, () => true, () => below(1000), () => -1, () => NaN, () => 2 ** 53, () => 10n, () => '',
    () => text(below(50)), () => 'x'.repeat(100_000), () => [], () => [[]], () => ({}), () => bytes(below(300)),
    () => new ArrayBuffer(8), () => new Map([['id', 1]]), () => new Date(0), () => new Error('rubbish'), () => /x/, circle,
    () => ({ length: 2 ** 32 }), () => ({ length: -1 }), () => Array(1000), () => new Float64Array(9), () => 'leads',
    () => 'seeks', () => 'here', () => 'A'.repeat(43),
  ];
  const value = () => pick(plain)();
  const id = () => (below(4) ? below(60) : value());
  const args = () => (below(5) ? Array.from({ length: below(5) }, value) : value());
  const error = () => ({ code: value(), message: value(), stack: value() });
  const shapes = [
    ...Array(6).fill(value),
    () => ({ id: id(), method: pick(VERBS), args: args() }),
    () => ({ id: id(), method: pick(VERBS), args: args() }),
    () => ({ id: id(), method: below(3) ? pick(VERBS) : pick(NO_VERBS), args: args(), more: value() }),
    () => ({ method: pick(VERBS) }),
    () => ({ id: id(), value: value() }),
    () => ({ id: id(), error: below(2) ? error() : value() }),
    () => ({ events: below(2) ? [{ type: 'evaluated', process: value() }] : value() }),
    () => ({ watch: id(), value: value() }),
    () => ({ crashed: below(2) ? error() : value() }),
    () => ({ leads: below(2) ? true : value() }),
    () => ({ seeks: value() }),
    () => ({ greets: value(), term: value() }),
    () => ({ begun: id() }),
    () => ({ lives: value() }),
    () => Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`key${i}`, value()])),
  ];
  let large = 0;
  return () => {
    // A few that are very large.
    if (random() < 0.002 && (large += 1) <= 5) return { id: below(60), method: 'find', args: ['x'.repeat(20_000_000)] };
    return pick(shapes)();
  };
}
