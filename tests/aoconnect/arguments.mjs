// Every call with missing and wrong arguments: what is refused before anybody is asked.

import { readFileSync } from 'node:fs';

const jwk = JSON.parse(readFileSync(new URL('../vectors/arweave-key.json', import.meta.url), 'utf8'));
const id = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
const signer = async () => ({ id, raw: new Uint8Array(1) });
const variant = { name: 'Variant', value: 'ao.N.1' };

/** Values of a type that no argument is of. */
const ODD = {
  number: 5,
  null: null,
  object: {},
  list: [],
  truth: true,
  NaN,
  'a bigint': 5n,
  'a symbol': Symbol('s'),
  'a String': new String('text'),
  'a promise': Promise.resolve(id),
  'what only looks like a promise': { then() {}, catch() {} },
  'a Date': new Date(0),
  'a date that is none': new Date(NaN),
  'a Map': new Map(),
  'a Set': new Set(),
  'a URL': new URL('http://a/'),
  'an Error': new Error('e'),
  bytes: new Uint8Array(43),
  'an object of no kind': Object.create(null),
};

/** `call({ …good, [name]: value })` for each value. */
const each = (call, good, name, values) =>
  Object.entries(values).map(([what, value]) => [`${call}: ${name} is ${what}`, (ao) => ao[call]({ ...good, [name]: value })]);

/** All that is odd but for what is meant. */
const none = (name) => Object.fromEntries(Object.entries(ODD).filter(([odd]) => odd !== name));

const pick = (values, ...names) => Object.fromEntries(names.map((name) => [name, values[name]]));

/** `call(arguments)` for each. */
const calls = (call, rows) => Object.entries(rows).map(([what, given]) => [`${call}: ${what}`, (ao) => ao[call](given)]);

/** Without an argument, and with what is no object. */
const bare = (call) => [
  [`${call}: no argument`, (ao) => ao[call]()],
  ...calls(call, {
    null: null,
    undefined,
    'an empty object': {},
    'a number': 5,
    'the empty text': '',
    false: false,
    'a symbol': Symbol('s'),
    'a function': () => {},
    'a Map': new Map([['process', id]]),
    'a Date': new Date(0),
    'a promise': Promise.resolve({ process: id }),
  }),
  [`${call}: bare values`, (ao) => ao[call](id, id, signer)],
];

const TAGS = {
  'a number': 5,
  'text': 'a',
  'an object': {},
  'the empty text': '',
  zero: 0,
  false: false,
  'a Set': new Set([{ name: 'a', value: 'b' }]),
  'a promise': Promise.resolve([]),
  'a list of text': ['a'],
  'a list of lists': [['a', 'b']],
  'a list of a Map': [new Map([['name', 'a'], ['value', 'b']])],
  'a list of null': [null],
  'a list of undefined': [undefined],
  'a list of a number': [5],
  'a list of an empty object': [{}],
  'without a name': [{ value: 'b' }],
  'with a name that is a number': [{ name: 1, value: 'b' }],
  'with a name that is a String': [{ name: new String('a'), value: 'b' }],
  'with a name that is an object with toLowerCase': [{ name: { toLowerCase: () => 'a' }, value: 'b' }],
};
const VALUES = {
  'without a value': [{ name: 'a' }],
  'with a value that is a number': [{ name: 'a', value: 1 }],
  'with a value that is null': [{ name: 'a', value: null }],
  'with a value that is a promise': [{ name: 'a', value: Promise.resolve('b') }],
  'with a value that is a Date': [{ name: 'a', value: new Date(0) }],
  'with a value that is true': [{ name: 'a', value: true }],
  'with a value that is a bigint': [{ name: 'a', value: 5n }],
  'with two values that are none': [{ name: 'a', value: 1 }, { name: 'b' }],
  'without a name behind a variant': [variant, { value: 'b' }],
  'with a variant that is a number': [{ name: 'Variant', value: 1 }],
};

const message = { process: id, signer };
const read = { processId: id, messageId: id, from: '1', to: '2' };

const hash = async () => new Uint8Array(48);
const circle = {};
circle.again = circle;

/** `[what, call(connection)]`; the connection is of aoconnect, or ours. */
export const rows = [
  ...['message', 'signMessage'].flatMap((call) => [
    ...bare(call),
    ...each(call, message, 'process', { ...ODD, missing: undefined }),
    ...each(call, message, 'signer', { ...ODD, missing: undefined, text: 'x', 'the empty text': '', zero: 0 }),
    ...each(call, message, 'tags', { ...TAGS, ...VALUES }),
    ...each(call, message, 'anchor', ODD),
    ...calls(call, {
      'neither process nor signer': { tags: [] },
      'neither process nor signer, and a tag without a value': { tags: [{ name: 'a' }] },
      'no process, and an anchor that is a number': { signer, anchor: 5 },
    }),
  ]),
  ...['returnAssignmentSlot', 'returnMessageId'].flatMap((name) => each('message', message, name, { text: 'x', ...none('truth') })),
  ...calls('message', {
    'several that are wrong': { process: 5, signer, anchor: 5, returnAssignmentSlot: 'x', returnMessageId: 'x' },
    'several that are wrong, and a tag': { process: 5, signer, anchor: 5, tags: [{ name: 'a' }] },
  }),
  ...bare('sendSignedMessage'),
  ...calls('sendSignedMessage', {
    'no id': { raw: new Uint8Array(1) },
    ...Object.fromEntries(Object.entries(ODD).map(([what, id]) => [`an id that is ${what}`, { id, raw: new Uint8Array(1) }])),
    'neither id nor bytes': { id: undefined, raw: undefined },
    'no bytes': { id },
    'bytes that are text': { id, raw: 'text' },
  }),

  ...bare('spawn'),
  ...each('spawn', { module: id, signer, scheduler: id }, 'module', { ...ODD, missing: undefined }),
  ...each('spawn', { module: id, signer, scheduler: id }, 'signer', { ...ODD, missing: undefined, text: 'x', 'the empty text': '', zero: 0 }),
  ...each('spawn', { module: id, signer, scheduler: id }, 'tags', TAGS),

  ...bare('result'),
  ...each('result', { process: id, message: id }, 'process', { ...ODD, missing: undefined, 'the empty text': '' }),
  ...each('result', { process: id, message: id }, 'message', { ...ODD, missing: undefined, 'the empty text': '' }),
  ...calls('result', { 'both empty': { process: '', message: '' } }),

  ...bare('results'),
  ...each('results', {}, 'process', { ...ODD, 'the empty text': '' }),
  ...['from', 'to'].flatMap((name) => each('results', { process: id }, name, ODD)),
  ...each('results', { process: id }, 'limit', { text: '5', ...none('number') }),
  ...each('results', { process: id }, 'sort', { 'in small letters': 'asc', 'the empty text': '', 'with a space': 'ASC ', ...ODD }),
  ...calls('results', { 'several that are wrong': { from: 1, to: 2, limit: 'x', sort: 'up' } }),

  ...bare('dryrun'),
  ...each('dryrun', {}, 'process', ODD),
  ...each('dryrun', { process: id }, 'Id', { ...ODD, missing: undefined }),
  ...each('dryrun', { process: id }, 'Owner', { ...ODD, missing: undefined }),
  ...each('dryrun', { process: id }, 'anchor', pick(ODD, 'number', 'object', 'truth', 'a promise', 'a Date', 'a Map', 'a bigint', 'a symbol')),
  ...calls('dryrun', {
    'an Id that is undefined': { process: id, Id: undefined },
    'an Owner that is undefined': { process: id, Owner: undefined },
    'data that cannot be written': { process: id, data: 5n },
    'data that hold themselves': { process: id, data: circle },
  }),
  ...each('dryrun', { process: id }, 'tags', { ...TAGS, ...VALUES }).filter(([what]) => !/is (the empty text|zero|false)$/.test(what)),
  ...calls('dryrun', { 'several that are wrong': { process: 5, Id: 5, Owner: 5, tags: [{ name: 1, value: 1 }] } }),

  ...['monitor', 'unmonitor'].flatMap((call) => [
    ...bare(call),
    ...each(call, { process: id, signer }, 'process', { ...ODD, missing: undefined }),
    ...each(call, { process: id, signer }, 'signer', { ...ODD, missing: undefined, text: 'x', 'the empty text': '', zero: 0 }),
    ...calls(call, { 'neither process nor signer': {}, 'no process, and tags that are none': { signer, tags: 5, data: 5, anchor: 5 } }),
  ]),

  ...bare('assign'),
  ...each('assign', { process: id, message: id }, 'process', { ...ODD, missing: undefined }),
  ...each('assign', { process: id, message: id }, 'message', { ...ODD, missing: undefined }),
  ...each('assign', { process: id, message: id }, 'baseLayer', { text: 'x', ...none('truth') }),
  ...each('assign', { process: id, message: id }, 'exclude', { text: 'x', ...none('list'), 'a list of numbers': [5, 6], 'a list of null': [null], 'a list of undefined': [undefined] }),
  ...calls('assign', { 'all of it wrong': { process: 1, message: 2, baseLayer: 3, exclude: [4] } }),

  ...['getMessages', 'getLastSlot', 'getMessageById'].flatMap((call) => [
    ...bare(call),
    ...each(call, read, 'processId', { ...ODD, missing: undefined }),
    ...calls(call, { text: 'x', 'a list': [], true: true, 'a bigint': 5n, bytes: new Uint8Array(1), 'a Set': new Set() }),
  ]),
  ...['from', 'to', 'limit'].flatMap((name) => each('getMessages', read, name, ODD)),
  ...each('getLastSlot', read, 'since', { text: 'x', ...none('number') }),
  ...calls('getMessages', { 'all of it wrong': { processId: 1, from: 2, to: 3, limit: 4 } }),
  ...each('getMessageById', read, 'messageId', { ...ODD, missing: undefined }),

  ...['createDataItemSigner', 'createSigner'].map((call) => [`${call}: its shape`, (ao) => ao[call]]),
  ...calls('createDataItemSigner', {
    'no wallet': undefined,
    null: null,
    text: 'x',
    'an empty object': {},
    'a number': 5,
    'a list': [],
    'a key without its secret': { kty: 'RSA', n: jwk.n, e: jwk.e },
    'a key without its modulus': { ...jwk, n: undefined },
    'a key of another kind': { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
    'a key that is text': JSON.stringify(jwk),
    'a key': jwk,
    'a key with more in it': { ...jwk, ext: true, key_ops: ['sign'], kid: 'mine' },
  }),

  ...['zzz', undefined].map((kind) => [`createDataItemSigner: its signer is asked for ${kind}`, (ao) => ao.createDataItemSigner(jwk)(hash, kind)]),
  ['createDataItemSigner: its signer is asked for httpsig', async (ao) => Object.keys(await ao.createDataItemSigner(jwk)(hash, 'httpsig'))],
  ['createDataItemSigner: its signer is asked for ans104', async (ao) => Object.keys(await ao.createDataItemSigner(jwk)(hash, 'ans104'))],

  ['serializeCron: no argument', (ao) => ao.serializeCron()],
  ...calls('serializeCron', {
    null: null,
    number: 5,
    text: '10-minutes',
    'a list': [],
    true: true,
    'a function': () => {},
    'no interval': {},
    ...Object.fromEntries(
      ['', '10', '-', '10-minutes', '1-minutes', '1-minute', '2-minute', '10 - minutes', '10-minutes-x', '007-days', '0-days'].concat(
        ['x-days', '-5-minutes', '1.5-minutes', '5-Minutes', '5-weeks', '3-blocks', '1-block', '1-millisecond', '2-months', '1-year', ' 10-minutes ', '10-minutes ', '+5-minutes', '1e3-seconds', '0x10-blocks', '10.9-hours', '1.9-hours', '01-hour', '10--minutes', '-', '--', '10-', 'Infinity-days', 'NaN-days', '10–minutes', '10-minutes\n', '99999999999999999999-days'],
      ).map((interval) => [`'${interval}'`, { interval }]),
    ),
    'an interval that is a number': { interval: 5 },
    'an interval that is null': { interval: null },
    'an interval that is a list': { interval: ['10-minutes'] },
    'an interval that is a String': { interval: new String('10-minutes') },
    'an interval that is a promise': { interval: Promise.resolve('10-minutes') },
    'a tag': { interval: '1-hour', tags: [{ name: 'Action', value: 'Tick' }] },
    'an empty tag': { interval: '1-hour', tags: [{}] },
    'a tag without a value': { interval: '1-hour', tags: [{ name: 'a', value: '' }] },
    'a tag of numbers': { interval: '1-hour', tags: [{ name: 1, value: 2 }] },
    'tags that are null': { interval: '1-hour', tags: null },
    'tags that are a number': { interval: '1-hour', tags: 5 },
    'tags that are text': { interval: '1-hour', tags: 'ab' },
    'tags that are an object': { interval: '1-hour', tags: { a: 1 } },
    'tags that are an empty object': { interval: '1-hour', tags: {} },
    'tags that are an object of tags': { interval: '1-hour', tags: { a: { name: 'a', value: 'b' } } },
    'tags that are the empty text': { interval: '1-hour', tags: '' },
    'tags that are a Set': { interval: '1-hour', tags: new Set([{ name: 'a', value: 'b' }]) },
    'tags that are a function': { interval: '1-hour', tags: () => {} },
    'tags that are true': { interval: '1-hour', tags: true },
    'an empty list of tags': { interval: '1-hour', tags: [] },
    'a tag that is null': { interval: '1-hour', tags: [null] },
    'a tag that is undefined': { interval: '1-hour', tags: [undefined] },
    'a tag that is text': { interval: '1-hour', tags: ['ab'] },
    'a tag that says more': { interval: '1-hour', tags: [{ name: 'a', value: 'b', more: 1 }] },
    'a tag whose value is a number': { interval: '1-hour', tags: [{ name: 'a', value: 1 }] },
    'a tag whose value is zero': { interval: '1-hour', tags: [{ name: 'a', value: 0 }] },
    'a good tag and an empty one': { interval: '1-hour', tags: [{ name: 'a', value: 'b' }, {}] },
    'more than interval and tags': { interval: '1-hour', more: 1 },
  }),

  ...calls('connect', {
    nothing: undefined,
    null: null,
    number: 5,
    'MODE foo': { MODE: 'foo' },
    'MODE that is a number': { MODE: 5 },
    'MODE that is empty': { MODE: '' },
    'MODE that is null': { MODE: null },
    'MODE that is false': { MODE: false },
    'MODE in capitals': { MODE: 'LEGACY' },
    'MODE with a space': { MODE: 'legacy ' },
    'MODE that is a String': { MODE: new String('legacy') },
    'MODE that is an object': { MODE: {} },
    'MODE that is a list of one': { MODE: ['legacy'] },
    text: 'x',
    'a list': [],
    true: true,
    'a function': () => {},
    'GATEWAY_URL that is a URL': { GATEWAY_URL: new URL('http://a/') },
    'GATEWAY_URL that is a number': { GATEWAY_URL: 5 },
    'GATEWAY_URL that is an object': { GATEWAY_URL: {} },
    'GATEWAY_URL of another protocol': { GATEWAY_URL: 'ftp://a' },
    'GATEWAY_URL that is a symbol': { GATEWAY_URL: Symbol('s') },
    'GRAPHQL_URL that is a number': { GRAPHQL_URL: 5 },
    'GRAPHQL_URL that is empty, and no GATEWAY_URL': { GRAPHQL_URL: '', GATEWAY_URL: 'nowhere' },
    'addresses that are none': { MU_URL: 5, CU_URL: null, GRAPHQL_MAX_RETRIES: 'x', GRAPHQL_RETRY_BACKOFF: -1 },
    'a fetch that is none': { fetch: 5 },
    'what it does not know': { SU_URL: 5, wallet: 5, device: 5, noLog: 'x' },
    'MODE legacy': { MODE: 'legacy' },
    'MODE mainnet': { MODE: 'mainnet' },
    'GATEWAY_URL that is no address': { GATEWAY_URL: 'nowhere' },
    'GATEWAY_URL that is null': { GATEWAY_URL: null },
    'GATEWAY_URL that is empty': { GATEWAY_URL: '' },
    'GATEWAY_URL that is not needed': { GATEWAY_URL: 'nowhere', GRAPHQL_URL: 'http://gateway' },
    'GRAPHQL_URL that is no address': { GRAPHQL_URL: 'nowhere' },
    'MU_URL that is no address': { MU_URL: 'nowhere' },
    'a signer that is none': { signer: 5 },
    'a mode and an address that are none': { MODE: 'foo', GATEWAY_URL: 'nowhere' },
  }),
];
