// Every call with missing and wrong arguments: what is refused before anybody is asked.

const id = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
const signer = async () => ({ id, raw: new Uint8Array(1) });
const variant = { name: 'Variant', value: 'ao.N.1' };

/** Values of a type that no argument is of. */
const ODD = { number: 5, null: null, object: {}, list: [], truth: true };

/** `call({ …good, [name]: value })` for each value. */
const each = (call, good, name, values) =>
  Object.entries(values).map(([what, value]) => [`${call}: ${name} is ${what}`, (ao) => ao[call]({ ...good, [name]: value })]);

const pick = (values, ...names) => Object.fromEntries(names.map((name) => [name, values[name]]));

/** `call(arguments)` for each. */
const calls = (call, rows) => Object.entries(rows).map(([what, given]) => [`${call}: ${what}`, (ao) => ao[call](given)]);

/** Without an argument, and with what is no object. */
const bare = (call) => [
  [`${call}: no argument`, (ao) => ao[call]()],
  [`${call}: null`, (ao) => ao[call](null)],
  [`${call}: an empty object`, (ao) => ao[call]({})],
  [`${call}: a number`, (ao) => ao[call](5)],
];

const TAGS = {
  'a number': 5,
  'text': 'a',
  'an object': {},
  'a list of null': [null],
  'a list of undefined': [undefined],
  'a list of a number': [5],
  'a list of an empty object': [{}],
  'without a name': [{ value: 'b' }],
  'with a name that is a number': [{ name: 1, value: 'b' }],
};
const VALUES = {
  'without a value': [{ name: 'a' }],
  'with a value that is a number': [{ name: 'a', value: 1 }],
  'with a value that is null': [{ name: 'a', value: null }],
  'with two values that are none': [{ name: 'a', value: 1 }, { name: 'b' }],
  'without a name behind a variant': [variant, { value: 'b' }],
  'with a variant that is a number': [{ name: 'Variant', value: 1 }],
};

const message = { process: id, signer };
const read = { processId: id, messageId: id, from: '1', to: '2' };

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
  ...each('message', message, 'returnAssignmentSlot', { text: 'x', number: 1, null: null }),
  ...each('message', message, 'returnMessageId', { text: 'x', number: 1, null: null }),
  ...calls('message', {
    'several that are wrong': { process: 5, signer, anchor: 5, returnAssignmentSlot: 'x', returnMessageId: 'x' },
    'several that are wrong, and a tag': { process: 5, signer, anchor: 5, tags: [{ name: 'a' }] },
  }),
  ...bare('sendSignedMessage'),
  ...calls('sendSignedMessage', {
    'no id': { raw: new Uint8Array(1) },
    'an id that is a number': { id: 5, raw: new Uint8Array(1) },
    'no bytes': { id },
    'bytes that are text': { id, raw: 'text' },
  }),

  ...bare('spawn'),
  ...each('spawn', { module: id, signer, scheduler: id }, 'module', { ...ODD, missing: undefined }),
  ...each('spawn', { module: id, signer, scheduler: id }, 'signer', { ...ODD, missing: undefined, text: 'x' }),
  ...each('spawn', { module: id, signer, scheduler: id }, 'tags', TAGS),

  ...bare('result'),
  ...each('result', { process: id, message: id }, 'process', { ...ODD, missing: undefined, 'the empty text': '' }),
  ...each('result', { process: id, message: id }, 'message', { ...ODD, missing: undefined, 'the empty text': '' }),
  ...calls('result', { 'both empty': { process: '', message: '' } }),

  ...bare('results'),
  ...each('results', {}, 'process', { ...ODD, 'the empty text': '' }),
  ...['from', 'to'].flatMap((name) => each('results', { process: id }, name, ODD)),
  ...each('results', { process: id }, 'limit', { text: '5', null: null, NaN, list: [] }),
  ...each('results', { process: id }, 'sort', { 'in small letters': 'asc', ...ODD }),
  ...calls('results', { 'several that are wrong': { from: 1, to: 2, limit: 'x', sort: 'up' } }),

  ...bare('dryrun'),
  ...each('dryrun', {}, 'process', ODD),
  ...each('dryrun', { process: id }, 'Id', { ...ODD, missing: undefined }),
  ...each('dryrun', { process: id }, 'Owner', { ...ODD, missing: undefined }),
  ...each('dryrun', { process: id }, 'anchor', pick(ODD, 'number', 'object', 'truth')),
  ...each('dryrun', { process: id }, 'tags', { ...TAGS, ...VALUES }),
  ...calls('dryrun', { 'several that are wrong': { process: 5, Id: 5, Owner: 5, tags: [{ name: 1, value: 1 }] } }),

  ...['monitor', 'unmonitor'].flatMap((call) => [
    ...bare(call),
    ...each(call, { process: id, signer }, 'process', { ...ODD, missing: undefined }),
    ...each(call, { process: id, signer }, 'signer', { ...ODD, missing: undefined, text: 'x' }),
  ]),

  ...bare('assign'),
  ...each('assign', { process: id, message: id }, 'process', { ...ODD, missing: undefined }),
  ...each('assign', { process: id, message: id }, 'message', { ...ODD, missing: undefined }),
  ...each('assign', { process: id, message: id }, 'baseLayer', { text: 'x', null: null, number: 1 }),
  ...each('assign', { process: id, message: id }, 'exclude', { text: 'x', null: null, 'a list of numbers': [5, 6] }),

  ...['getMessages', 'getLastSlot', 'getMessageById'].flatMap((call) => [
    ...bare(call),
    ...each(call, read, 'processId', { ...ODD, missing: undefined }),
    ...calls(call, { text: 'x', 'a list': [] }),
  ]),
  ...['from', 'to', 'limit'].flatMap((name) => each('getMessages', read, name, ODD)),
  ...each('getLastSlot', read, 'since', { text: 'x', null: null, NaN }),
  ...each('getMessageById', read, 'messageId', { ...ODD, missing: undefined }),

  ...['createDataItemSigner', 'createSigner'].map((call) => [`${call}: its shape`, (ao) => ao[call]]),
  ...calls('createDataItemSigner', { 'no wallet': undefined, null: null, text: 'x', 'an empty object': {} }),

  ['serializeCron: no argument', (ao) => ao.serializeCron()],
  ...calls('serializeCron', {
    null: null,
    number: 5,
    'no interval': {},
    ...Object.fromEntries(
      ['', '10', '-', '10-minutes', '1-minutes', '1-minute', '2-minute', '10 - minutes', '10-minutes-x', '007-days', '0-days'].concat(
        ['x-days', '-5-minutes', '1.5-minutes', '5-Minutes', '5-weeks', '3-blocks', '1-block', '1-millisecond', '2-months', '1-year'],
      ).map((interval) => [`'${interval}'`, { interval }]),
    ),
    'an interval that is a number': { interval: 5 },
    'an interval that is null': { interval: null },
    'a tag': { interval: '1-hour', tags: [{ name: 'Action', value: 'Tick' }] },
    'an empty tag': { interval: '1-hour', tags: [{}] },
    'a tag without a value': { interval: '1-hour', tags: [{ name: 'a', value: '' }] },
    'a tag of numbers': { interval: '1-hour', tags: [{ name: 1, value: 2 }] },
    'tags that are null': { interval: '1-hour', tags: null },
    'tags that are a number': { interval: '1-hour', tags: 5 },
    'tags that are text': { interval: '1-hour', tags: 'ab' },
    'tags that are an object': { interval: '1-hour', tags: { a: 1 } },
  }),

  ...calls('connect', {
    nothing: undefined,
    null: null,
    number: 5,
    'MODE foo': { MODE: 'foo' },
    'MODE that is a number': { MODE: 5 },
    'MODE that is empty': { MODE: '' },
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
