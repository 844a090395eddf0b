// Data of any type, in every call that takes some, and what was signed in any form.

import { latin, sent, spawn, SOURCE, tags } from './scenario.mjs';

const DATA = {
  'a Blob': () => new Blob(['blob']),
  // Its text is that of a place, otherwise.
  'a Date': () => Object.assign(new Date(0), { toString: () => 'a date' }),
  'a bigint': () => 5n,
  'a bigint that is zero': () => 0n,
  'NaN': () => NaN,
  'a function': () => () => {},
  'a symbol': () => Symbol('s'),
  'a String': () => new String('text'),
  'a URL': () => new URL('http://a/'),
  'a Map': () => new Map([['a', 1]]),
  'a promise': () => Promise.resolve('text'),
  'an empty object': () => ({}),
  'a Buffer as JSON has it': () => JSON.parse(JSON.stringify(Buffer.from('hi'))),
  'an object with a length': () => ({ length: 1, 0: 104 }),
  'an empty list': () => [],
  'a list of text': () => ['a'],
  'a list of numbers that are no bytes': () => [1, 256, -1],
  'a list of bytes': () => [104, 105],
  'an ArrayBuffer': () => latin('hi').buffer,
  'an empty ArrayBuffer': () => new ArrayBuffer(0),
  'a SharedArrayBuffer': () => shared().buffer,
  'shared bytes': () => shared(),
  'no bytes': () => new Uint8Array(0),
  'a part of a buffer': () => latin('(hi)').subarray(1, 3),
  'a Buffer': () => Buffer.from('hi'),
  'clamped bytes': () => Uint8ClampedArray.of(104, 105),
  'a number of four bytes': () => Float32Array.of(1),
};

function shared() {
  const bytes = new Uint8Array(new SharedArrayBuffer(2));
  bytes.set(latin('hi'));
  return bytes;
}

/** A step for each of them. */
const of = (what, call) => Object.entries(DATA).map(([kind, data]) => [`${what} with data: ${kind}`, (ao, kit) => call(ao, kit, data())]);

const printed = (answer) => answer?.Output?.data ?? answer;
const who = tags({ Action: 'Who' });

/** The item of a message, signed, with its raw bytes in another form. */
const resent = (what, form) => [`sendSignedMessage, raw is ${what}`, async (ao, kit) => {
  const { id, raw } = await ao.signMessage({ process: kit.held, signer: kit.signer, tags: who });
  return ao.sendSignedMessage({ id, raw: form(raw) });
}];

/** The bytes of an item that nobody would make by `message`. */
const built = (what, fields) => [`sendSignedMessage ${what}`, async (ao, kit) => ao.sendSignedMessage(await kit.build({ data: 'x', tags: [], target: kit.held, ...fields }))];

export const steps = [
  ['spawn for data', spawn({ tags: tags({ 'On-Boot': 'Data' }), data: SOURCE }), 'held'],

  ...of('message', (ao, kit, data) => sent({ process: kit.held, data, tags: who })(ao, kit).then(printed)),
  ...of('spawn', async (ao, kit, data) => typeof (await spawn({ data })(ao, kit))),
  ...of('dryrun', (ao, kit, data) => ao.dryrun({ process: kit.held, data, tags: who }).then(printed)),
  // What a wallet is given that builds the item.
  ...of('signMessage', async (ao, kit, data) => {
    let given;
    const signer = async (create) => {
      given = (await create({ passthrough: true })).data;
      return { id: 'x', raw: latin('x') };
    };
    await ao.signMessage({ process: kit.held, signer, data });
    return Object.prototype.toString.call(given);
  }),

  ...Object.entries({
    null: null,
    'a number': 5,
    'an object': {},
    'a list of text': ['a'],
    'an empty list': [],
    'the empty text': '',
    'no bytes': new Uint8Array(0),
    'a Blob': new Blob(['a']),
  }).map(([what, raw]) => [`sendSignedMessage, raw is ${what}`, (ao) => ao.sendSignedMessage({ id: 'x', raw })]),
  resent('a Uint8Array', (raw) => Uint8Array.from(raw)),
  resent('a Buffer', (raw) => Buffer.from(raw)),
  resent('an ArrayBuffer', (raw) => Uint8Array.from(raw).buffer),
  resent('a DataView', (raw) => new DataView(Uint8Array.from(raw).buffer)),
  resent('a list of bytes', (raw) => [...raw]),
  resent('base64url', (raw) => Buffer.from(raw).toString('base64url')),
  resent('cut off', (raw) => raw.slice(0, 100)),
  built('without tags', {}),
  built('to nobody', { target: undefined, tags: tags({ 'Data-Protocol': 'ao', Type: 'Message' }) }),
  built('of another type', { tags: tags({ 'Data-Protocol': 'ao', Type: 'Assignment' }) }),
  built('of another protocol', { tags: tags({ 'Data-Protocol': 'zone', Type: 'Message' }) }),
  built('that is a spawn without a module', { target: undefined, tags: tags({ 'Data-Protocol': 'ao', Type: 'Process' }) }),
];
