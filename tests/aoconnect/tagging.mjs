// Tags and anchors of every kind, in messages and spawns, and what a wallet is given of them; what an assignment leaves
// out.

import { ANCHOR, MODULE, NOBODY, send as sendTo, sent as sentTo, SOURCE, spawn, spelledOtherwise, tags } from './scenario.mjs';

/** As in the scenario, to a process of their own. */
const send = (fields) => (ao, kit) => sendTo({ process: kit.tagged, ...fields })(ao, kit);
const sent = (fields) => (ao, kit) => sentTo({ process: kit.tagged, ...fields })(ao, kit);
const shown = tags({ Action: 'Tags' });
const variant = { name: 'Variant', value: 'v' };

/** What a wallet is given of a spawn, but for its time. */
const given = (fields) => async (ao) => {
  let seen;
  const signer = async (create) => {
    seen = await create({ passthrough: true });
    throw new Error('that is all');
  };
  await ao.spawn({ module: MODULE, scheduler: NOBODY, signer, ...fields }).catch(() => {});
  return seen && { ...seen, tags: seen.tags.filter(({ name, value }) => name !== 'Timestamp' || value.length !== 13) };
};

export const steps = [
  ['spawn for tags', spawn({ tags: tags({ 'On-Boot': 'Data' }), data: SOURCE }), 'tagged'],

  ['spawn of a module that there is not, without a signer', spawn({ module: NOBODY, signer: undefined })],
  ['spawn of a module that there is not: a wallet is asked', async (ao) => {
    let asked = 'no';
    await ao.spawn({ module: NOBODY, scheduler: NOBODY, signer: async () => { asked = 'yes'; } }).catch(() => {});
    return asked;
  }],
  ...Object.entries({
    'nothing else': undefined,
    'a value that is a number': [{ name: 'a', value: 1 }],
    'a value that is null': [{ name: 'a', value: null }],
    'a value that is an object': [{ name: 'a', value: {} }],
    'no value': [{ name: 'a' }],
    'no name behind a variant': [variant, { value: 'b' }],
    'a name that is a number behind a variant': [variant, { name: 5, value: 'b' }],
    'null behind a variant': [variant, null],
    'undefined behind a variant': [variant, undefined],
    'a number behind a variant': [variant, 5],
    'text behind a variant': [variant, 'a'],
    'a variant that is a number': [{ name: 'Variant', value: 5 }],
    'a variant that is empty': tags({ Variant: '' }),
    'more than a name and a value': [{ name: 'a', value: 'b', more: 1 }],
    'tags of the protocol': tags({ 'Data-Protocol': 'ao', Type: 'Message', Module: 'x', Scheduler: 'y', Timestamp: '1', Variant: 'z' }),
    'tags of the protocol before it': tags({ Type: 'Message', Module: 'x', Scheduler: 'y', Timestamp: '1' }),
    'tags of another protocol': tags({ 'Data-Protocol': 'zone', Type: 'x', Module: 'y' }),
    'the protocol twice': [...tags({ 'Data-Protocol': 'ao', A: '1' }), ...tags({ 'Data-Protocol': 'ao', B: '2' })],
  }).flatMap(([what, more]) => [
    [`spawn with ${what}: what a wallet is given`, given({ tags: more })],
    [`spawn with data and ${what}: what a wallet is given`, given({ tags: more, data: 'x' })],
    [`spawn with ${what}`, async (ao, kit) => typeof (await spawn({ tags: more })(ao, kit))],
  ]),
  ['spawn with an anchor and a target: what a wallet is given', given({ anchor: ANCHOR, target: NOBODY, process: NOBODY })],
  ['spawn with an anchor that is a number', async (ao, kit) => typeof (await spawn({ anchor: 5, target: 5, process: 5, returnAssignmentSlot: 'x' })(ao, kit))],

  ['message for its slot, to an id that is spelled otherwise', async (ao, kit) => typeof (await send({ process: spelledOtherwise(kit.tagged), returnAssignmentSlot: true })(ao, kit))],
  ['message to an id with padding', async (ao, kit) => typeof (await send({ process: `${kit.tagged}=` })(ao, kit))],
  ['message with tags that say more', sent({ tags: [{ name: 'Action', value: 'Tags', more: 1 }] })],
  ['message with tags that are frozen', sent({ tags: Object.freeze([Object.freeze({ name: 'Action', value: 'Tags' })]) })],
  ['message with a list of tags that has more', sent({ tags: Object.assign(tags({ Action: 'Tags' }), { more: 1 }) })],
  ['message with a hole in its tags', send({ tags: [, { name: 'a', value: 'b' }] })],
  ['message with null behind a variant', send({ tags: [variant, null] })],
  ['message with a hole behind a variant', send({ tags: [variant, , shown[0]] })],
  ['message with a number behind a variant', send({ tags: [variant, 5] })],
  ['message with letters of several bytes in a tag', sent({ tags: [...shown, { name: 'Größe', value: '☃😀' }] })],
  ['message with half a character', sent({ tags: tags({ Action: 'Who' }), data: '\ud800' })],
  ['message with half a character in a tag', sent({ tags: [...shown, { name: 'a', value: '\ud800' }] })],
  ['message with a zero in its data', sent({ tags: tags({ Action: 'Who' }), data: 'a\0b' })],
  ['message with a zero in a tag', sent({ tags: [...shown, { name: 'a', value: 'a\0b' }] })],
  ['message with an anchor of 32 characters that are more bytes', send({ anchor: 'ä'.repeat(32) })],
  ['message with an anchor of 32 bytes that are fewer characters', sent({ tags: tags({ Action: 'Who' }), anchor: 'ä'.repeat(16) })],
  ['message with an anchor that is too long', send({ anchor: 'x'.repeat(33) })],
  ['message with 4096 bytes of tags', sent({ tags: tags({ Action: 'Who', Long: 'x'.repeat(3900) }) })],
  ...['Process', 'Assignment', 'Nothing', ''].map((type) => [`message with Type=${type} first`, async (ao, kit) => typeof (await send({ tags: tags({ Type: type }) })(ao, kit))]),
  ['message with data of 100 kB', async (ao, kit) => (await sent({ tags: tags({ Action: 'Who' }), data: 'x'.repeat(100_000) })(ao, kit)).Output.data.length],

  ...[['Data', 'Tags'], ['data'], ['Nothing'], [''], ['Data,Anchor'], ['Data', 'Data'], ['Signature'], ['Owner'], [' Data']].map((exclude) => [
    `assign without [${exclude.map((field) => `'${field}'`)}]`,
    async (ao, kit) => {
      const message = await send({ process: kit.other, data: 'left out', anchor: ANCHOR })(ao, kit);
      await ao.assign({ process: kit.tagged, message, exclude });
      const { assignment } = await ao.getMessageById({ processId: kit.tagged, messageId: message });
      return { tags: assignment.tags.map(({ name }) => name), excluded: assignment.tags.filter(({ name }) => name === 'Exclude'), printed: (await ao.result({ process: kit.tagged, message })).Output };
    },
  ]),
  ['assign from no base layer', async (ao, kit) => typeof (await ao.assign({ process: kit.tagged, message: kit.ping, baseLayer: false, exclude: undefined }))],
  ['assign of a process', async (ao, kit) => ao.assign({ process: kit.tagged, message: kit.process })],
  ['assign to the process that it is for', async (ao, kit) => ao.assign({ process: kit.process, message: kit.ping })],
  ['assign of an assignment', async (ao, kit) => ao.assign({ process: kit.tagged, message: (await ao.getMessageById({ processId: kit.process, messageId: kit.ping })).assignment.id })],
];
