// Signers that answer and ask for anything.

import { latin, MODULE, NOBODY, SOURCE, spawn, tags, users } from './scenario.mjs';

const who = tags({ Action: 'Who' });
const message = (signer) => (ao, kit) => ao.message({ process: kit.asked, signer: signer(kit), tags: who, data: 'x' });
const typeOf = (call) => async (ao, kit) => typeof (await call(ao, kit));

/** Builds the item, and answers what `answer` makes of it. */
const building = (answer) => (kit) => async (create) => answer(await kit.build(await create({ passthrough: true })));
/** Signs the hash, and answers what `answer` makes of the signature. */
const hashing = (answer) => (kit) => async (create, kind) => {
  const { signature, address } = await kit.second()(create, kind);
  return answer(signature, address);
};
/** Asks `create` for a hash with these options, and answers no signature. */
const asking = (options) => () => async (create) => {
  await create(options);
  return {};
};

const ANSWERS = {
  'an id that is another': building(({ raw }) => ({ id: 'another', raw })),
  'an id that is a number': building(({ raw }) => ({ id: 5, raw })),
  'an id that is empty': building(({ raw }) => ({ id: '', raw })),
  'an id that is null': building(({ raw }) => ({ id: null, raw })),
  'an item whose bytes are a Uint8Array': building(({ id, raw }) => ({ id, raw: Uint8Array.from(raw) })),
  'an item whose bytes are a Buffer': building(({ id, raw }) => ({ id, raw: Buffer.from(raw) })),
  'an item whose bytes are an ArrayBuffer': building(({ id, raw }) => ({ id, raw: Uint8Array.from(raw).buffer })),
  'an item whose bytes are a list': building(({ id, raw }) => ({ id, raw: [...raw] })),
  'an item whose bytes are text': building(({ id }) => ({ id, raw: 'text' })),
  'an item whose bytes are a number': building(({ id }) => ({ id, raw: 5 })),
  'an item whose bytes are none': building(({ id }) => ({ id, raw: new Uint8Array(0) })),
  'an item without bytes': building(({ id }) => ({ id })),
  'an item and a signature': building(({ id, raw }) => ({ id, raw, signature: latin('x'), address: 'x' })),
  'an item that was changed': building(({ id, raw }) => ({ id, raw: Uint8Array.from(raw, (byte, at) => (at === 30 ? byte ^ 1 : byte)) })),
  'an item for another process': (kit) => async (create) => kit.build({ ...(await create({ passthrough: true })), target: NOBODY }),
  'an item with more tags': (kit) => async (create) => {
    const fields = await create({ passthrough: true });
    return kit.build({ ...fields, tags: [...fields.tags, ...tags({ More: '1' })] });
  },
  'an item with other data': (kit) => async (create) => kit.build({ ...(await create({ passthrough: true })), data: 'other' }),
  'a signature as base64url': hashing((signature, address) => ({ signature: Buffer.from(signature).toString('base64url'), address })),
  'a signature as base64': hashing((signature, address) => ({ signature: Buffer.from(signature).toString('base64'), address })),
  'a signature as hexadecimal': hashing((signature, address) => ({ signature: `0x${Buffer.from(signature).toString('hex')}`, address })),
  'a signature as an ArrayBuffer': hashing((signature, address) => ({ signature: Uint8Array.from(signature).buffer, address })),
  'a signature as a list': hashing((signature, address) => ({ signature: [...signature], address })),
  'a signature that is promised': hashing((signature, address) => ({ signature: Promise.resolve(signature), address })),
  'a signature without an address': hashing((signature) => ({ signature })),
  'a signature that is empty text': hashing((_, address) => ({ signature: '', address })),
  'a signature that is text': hashing((_, address) => ({ signature: 'x', address })),
  'a signature that is too short': hashing((signature, address) => ({ signature: signature.slice(1), address })),
  'a signature that is too long': hashing((signature, address) => ({ signature: Uint8Array.of(...signature, 1), address })),
  'a signature that is a number': hashing((_, address) => ({ signature: 5, address })),
  'an address that is another': hashing((signature) => ({ signature, address: 'another' })),
  'a signature, and an id': hashing((signature, address) => ({ signature, address, id: 'another' })),
  ...Object.fromEntries(
    Object.entries({ null: null, undefined, text: 'x', true: true, 'a number': 5, 'a list': [], 'a function': () => {}, 'an object': {} }).map(([what, answer]) => [
      what,
      () => async (create) => {
        await create({ passthrough: true });
        return answer;
      },
    ]),
  ),
};

const OPTIONS = {
  'null': null,
  'nothing at all': {},
  'text': 'x',
  'a number': 5,
  'a key that is promised': { publicKey: Promise.resolve(new Uint8Array(512)) },
  'a key that is an ArrayBuffer': { publicKey: new ArrayBuffer(512) },
  'a key that is a list': { publicKey: Array(512).fill(1) },
  'a key that is hexadecimal': { publicKey: `0x${'01'.repeat(512)}` },
  'a key that is null': { publicKey: null },
  'a key that is empty': { publicKey: '' },
  'a key that is text': { publicKey: 'x' },
  'a type that is text': { publicKey: new Uint8Array(512), type: '1' },
  'a type that is null': { publicKey: new Uint8Array(512), type: null },
  'a type that is undefined': { publicKey: new Uint8Array(512), type: undefined },
  'type 0': { publicKey: new Uint8Array(512), type: 0 },
  'type 1.5': { publicKey: new Uint8Array(512), type: 1.5 },
  'type 2': { publicKey: new Uint8Array(32), type: 2 },
  'type 2 with a key of another': { publicKey: new Uint8Array(512), type: 2 },
  'type 3': { publicKey: new Uint8Array(65).fill(4), type: 3 },
  'type 4': { publicKey: new Uint8Array(32), type: 4 },
  'type 5': { publicKey: new Uint8Array(32), type: 5 },
  'type 6': { publicKey: new Uint8Array(1025), type: 6 },
  'type 7': { publicKey: latin(`0x${'a'.repeat(40)}`), type: 7 },
  'type 101': { publicKey: new Uint8Array(65), type: 101 },
  'another algorithm': { publicKey: new Uint8Array(512), alg: 'hs512' },
  'passthrough that is text': { passthrough: 'x' },
  'passthrough that is false': { passthrough: false },
};

const THROWN = { undefined, null: null, true: true, 'a list': [], 'an empty object': {}, 'a message that is a number': { message: 5 }, 'the empty text': '', 'an error without words': users(new Error()) };

export const steps = [
  ['spawn for signers', spawn({ tags: tags({ 'On-Boot': 'Data' }), data: SOURCE }), 'asked'],

  ...Object.entries(ANSWERS).flatMap(([what, signer]) => [
    [`message, the signer answers ${what}`, message(signer)],
    [`signMessage, the signer answers ${what}`, (ao, kit) => ao.signMessage({ process: kit.asked, signer: signer(kit), tags: who, data: 'x' })],
  ]),
  ...['an id that is another', 'an item whose bytes are none', 'an item whose bytes are a list', 'an item for another process', 'a signature that is promised', 'null'].flatMap((what) => [
    [`monitor, the signer answers ${what}`, (ao, kit) => ao.monitor({ process: kit.asked, signer: ANSWERS[what](kit) })],
    [`spawn, the signer answers ${what}`, (ao, kit) => ao.spawn({ module: MODULE, scheduler: NOBODY, signer: ANSWERS[what](kit) })],
  ]),
  ...Object.entries(OPTIONS).map(([what, options]) => [`signMessage, the signer asks for ${what}`, (ao, kit) => ao.signMessage({ process: kit.asked, signer: asking(options)() })]),
  ...Object.entries(THROWN).map(([what, thrown]) => [`message, the signer rejects with ${what}`, message(() => () => Promise.reject(thrown))]),
  ...Object.entries(THROWN).map(([what, thrown]) => [`spawn, the signer throws ${what}`, spawn({ signer: () => { throw thrown; } })]),
  ['what create resolves to', async (ao, kit) => {
    let hash;
    const signer = async (create) => {
      hash = await create({ publicKey: new Uint8Array(512) });
      return {};
    };
    await ao.signMessage({ process: kit.asked, signer, data: 'x' }).catch(() => {});
    return [hash.constructor.name, hash.length];
  }],
  ['message, the signer asks twice', typeOf(message((kit) => async (create, kind) => {
    await create({ passthrough: true });
    return kit.second()(create, kind);
  }))],
  ['message, the signer is a thenable', message(() => () => ({ then: (done) => done({}) }))],
  ['message, the signer is a generator', message(() => async function* signer() {})],
  ['message, what a signer is called with', async (ao, kit) => {
    let seen;
    const signer = async (...given) => {
      seen = given.map((one) => typeof one);
      throw new Error('that is all');
    };
    await ao.message({ process: kit.asked, signer }).catch(() => {});
    return seen;
  }],
];
