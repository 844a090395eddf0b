// A unit with one process and three messages, which notes what it is asked: what its network is tested against.

import { UnitError } from '../build/error.js';

const id = (letter) => `${letter.repeat(42)}A`;
const tags = (named) => Object.entries(named).map(([name, value]) => ({ name, value }));

export const PROCESS = id('P');
export const MODULE = id('M');
export const OWNER = id('O');
export const UNIT = id('U');
export const [SPAWN, HELLO, IMAGE, NOTICE] = [PROCESS, id('h'), id('i'), id('n')];
/** The start of the chain. */
export const CHAIN = { startHeight: 1_000, startTime: 1_700_000_000_000, interval: 60_000 };
/** What the clock says. */
export const NOW = CHAIN.startTime + 10 * CHAIN.interval;

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff]);

const MESSAGES = [
  { id: SPAWN, named: { 'Data-Protocol': 'ao', Type: 'Process', Module: MODULE, Scheduler: UNIT }, data: 'return 1' },
  { id: HELLO, named: { 'Data-Protocol': 'ao', Type: 'Message', Action: 'Hello', 'Content-Type': 'text/plain' }, data: 'hällo' },
  { id: IMAGE, named: { 'Data-Protocol': 'ao', Type: 'Message', Action: 'Image', 'Content-Type': 'image/png' }, bytes: PNG },
  { id: NOTICE, named: { 'Data-Protocol': 'ao', Type: 'Message', Action: 'Notice', 'From-Process': PROCESS }, data: 'sent' },
];

/** The time of a message: two have the same. */
export const timeOf = (nonce) => CHAIN.startTime + Math.min(nonce, 2) * 90_000;
export const assignmentId = (nonce) => id(String(nonce));

const LOG = MESSAGES.map(({ id, named, data, bytes }, nonce) => {
  const isSent = 'From-Process' in named;
  return {
    message: {
      id,
      owner: { address: isSent ? UNIT : OWNER, key: isSent ? '' : 'key' },
      tags: tags(named),
      data: bytes ? new TextDecoder().decode(bytes) : data,
      signature: isSent ? '' : `signature of ${nonce}`,
      anchor: nonce === 1 ? 'a'.repeat(32) : null,
      target: nonce === 0 ? '' : PROCESS,
    },
    assignment: {
      id: assignmentId(nonce),
      owner: { address: UNIT, key: '' },
      tags: tags({
        Process: PROCESS,
        Epoch: '0',
        Nonce: String(nonce),
        'Block-Height': String(CHAIN.startHeight + nonce).padStart(12, '0'),
        Timestamp: String(timeOf(nonce)),
        'Data-Protocol': 'ao',
        Type: 'Assignment',
        Message: id,
      }),
      data: null,
      signature: '',
      anchor: null,
      target: '',
    },
    bytes: bytes ?? new TextEncoder().encode(data),
  };
});

const cursor = (ordinate, cron) => btoa(JSON.stringify({ timestamp: timeOf(ordinate), ordinate: String(ordinate), cron, sort: 'ASC' }));
const outcome = (data) => ({ Output: { data }, Messages: [], Spawns: [], Assignments: [], GasUsed: 7 });
/** Messages and ticks, as they are listed. */
const OUTCOMES = [
  { node: outcome('0'), cursor: cursor(0, null) },
  { node: outcome('tick 0'), cursor: cursor(0, '0-1-second') },
  { node: outcome('1'), cursor: cursor(1, null) },
  { node: outcome('tick 1'), cursor: cursor(1, '0-1-second') },
  { node: outcome('tick 2'), cursor: cursor(1, '1-2-seconds') },
];

/** The unit, and `asked`: the verbs that it was asked for, with their arguments. */
export function doubleOf(overrides = {}) {
  const asked = [];
  const verbs = { ...VERBS, ...overrides };
  const ask = async (verb, ...args) => {
    asked.push([verb, ...args]);
    return verbs[verb](...args);
  };
  return { unit: { address: UNIT, ask }, asked };
}

const missing = (process) => new UnitError('PROCESS_NOT_FOUND', `process ${process} is not in this unit`);
const known = (process) => {
  if (process !== PROCESS) throw missing(process);
};

const VERBS = {
  accept: (item) => JSON.stringify({ id: HELLO, process: PROCESS, nonce: 1, size: item.length }),
  identify: () => ({ id: HELLO, owner: OWNER }),
  clock: () => JSON.stringify({ timestamp: NOW, height: CHAIN.startHeight + 10, chain: CHAIN }),
  modules: () => JSON.stringify([{ id: MODULE, name: 'aos', registered: false }]),
  processes: () => JSON.stringify([{ id: PROCESS, owner: OWNER, name: null, length: 6, evaluated: 6, nextNonce: LOG.length }]),

  find(message, process) {
    if (process !== undefined) known(process);
    const found = LOG.find(({ message: { id } }) => id === message);
    return JSON.stringify(found ? { process: PROCESS, message: found.message, assignment: found.assignment } : null);
  },

  dataAt: (process, nonce) => (known(process), LOG[nonce].bytes.slice()),

  assign(process, message, exclude) {
    known(process);
    if (!LOG.some(({ message: { id } }) => id === message)) throw new UnitError('MESSAGE_NOT_FOUND', `no ${message}`);
    return JSON.stringify({ id: message, process, nonce: 1, exclude });
  },

  monitor: (process) => known(process),

  result(process, message) {
    known(process);
    const nonce = LOG.findIndex(({ message: { id } }) => id === message);
    if (nonce < 0) throw new UnitError('MESSAGE_NOT_FOUND', `message ${message} is not in the log`);
    return JSON.stringify(outcome(String(nonce)));
  },

  results(process, listing) {
    known(process);
    const { from, limit = 25 } = JSON.parse(listing);
    const start = OUTCOMES.findIndex(({ cursor }) => cursor === from) + 1;
    const edges = OUTCOMES.slice(start, start + limit);
    return JSON.stringify({ pageInfo: { hasNextPage: start + limit < OUTCOMES.length }, edges });
  },

  dryrun(process, message, at) {
    known(process);
    if (!JSON.parse(message).Owner) throw new UnitError('DRYRUN_INVALID', 'Owner is missing');
    return JSON.stringify(outcome(`dry ${at ?? 'now'}`));
  },

  log(process, listing) {
    known(process);
    const { from, to, limit = 100, by } = JSON.parse(listing);
    const key = (nonce) => (by === 'nonce' ? nonce : timeOf(nonce));
    const inside = LOG.map((entry, nonce) => ({ entry, at: key(nonce) })).filter(
      ({ at }) => (from === undefined || at > Number(from)) && (to === undefined || at <= Number(to)),
    );
    const edges = inside.slice(0, limit).map(({ entry: { message, assignment }, at }) => ({
      node: { message, assignment },
      cursor: String(at),
    }));
    return JSON.stringify({ page_info: { has_next_page: inside.length > limit }, edges });
  },
};
