// Every call with what is misspelled: ids, times and numbers with characters that mean something in an address, into
// which aoconnect writes them as they are.

import { get, latin, MODULE, NOBODY, send, SOURCE, spawn, tags } from './scenario.mjs';

const MISSPELLED = {
  'a slash': (text) => `${text}/`,
  'a question mark': (text) => `${text}?a=b`,
  'a hash': (text) => `${text}#a`,
  'an ampersand': (text) => `${text}&a=b`,
  'a plus': (text) => `${text}+a`,
  'a percent sign': (text) => `${text}%20`,
  'a space within': (text) => `a ${text}`,
  'a space before': (text) => ` ${text}`,
  'a space after': (text) => `${text} `,
  'the end of a line': (text) => `${text}\n`,
  'dots for all of it': () => '..',
  'a space for all of it': () => ' ',
  'half a character': (text) => `${text}\ud800`,
  'a letter of two bytes': (text) => `${text}ä`,
  'a backslash': (text) => `${text}\\`,
};

/** A step for each of them; of an outcome it tells what was printed. */
const misspelled = (what, call) =>
  Object.entries(MISSPELLED).map(([how, spelled]) => [
    `${what} with ${how}`,
    async (ao, kit) => {
      const answer = await call(ao, kit, spelled);
      return answer?.Output?.data ?? answer;
    },
  ]);

const who = tags({ Action: 'Who' });
const always = { from: '1', to: '9999999999999', limit: '1' };

export const steps = [
  ['spawn for what is misspelled', spawn({ tags: tags({ 'On-Boot': 'Data' }), data: SOURCE }), 'named'],
  ['message for what is misspelled', (ao, kit) => ao.message({ process: kit.named, signer: kit.signer, tags: who, data: 'said' }), 'said'],
  ['result for what is misspelled', (ao, kit) => ao.result({ process: kit.named, message: kit.said })],
  ['results for what is misspelled', (ao, kit) => ao.results({ process: kit.named }), 'named page'],

  ...misspelled('result of a process', (ao, kit, spelled) => ao.result({ process: spelled(kit.named), message: kit.said })),
  ...misspelled('result of a message', (ao, kit, spelled) => ao.result({ process: kit.named, message: spelled(kit.said) })),
  ...misspelled('results', (ao, kit, spelled) => ao.results({ process: spelled(kit.named), limit: 1 })),
  ...misspelled('results from', (ao, kit, spelled) => ao.results({ process: kit.named, limit: 1, from: spelled('1') })),
  ...misspelled('results to', (ao, kit, spelled) => ao.results({ process: kit.named, limit: 1, to: spelled('9999999999999') })),
  ...misspelled('results from a cursor', (ao, kit, spelled) => ao.results({ process: kit.named, limit: 1, from: spelled(kit['named page'].edges[0].cursor) })),
  ...misspelled('dryrun', (ao, kit, spelled) => ao.dryrun({ process: spelled(kit.named), tags: who })),
  ...misspelled('dryrun, its Owner', (ao, kit, spelled) => ao.dryrun({ process: kit.named, tags: who, Owner: spelled(NOBODY) })),
  ...misspelled('dryrun, its Id', (ao, kit, spelled) => ao.dryrun({ process: kit.named, tags: who, Id: spelled(NOBODY) })),
  ...misspelled('dryrun, its anchor', (ao, kit, spelled) => ao.dryrun({ process: kit.named, tags: who, anchor: spelled('a') })),

  ...misspelled('message', async (ao, kit, spelled) => ao.result({ process: kit.named, message: await send({ process: spelled(kit.named), tags: who })(ao, kit) })),
  ...misspelled('message for its slot', async (ao, kit, spelled) => typeof (await send({ process: spelled(kit.named), tags: who, returnAssignmentSlot: true })(ao, kit))),
  ...misspelled('signMessage, its target', async (ao, kit, spelled) => {
    let target;
    const signer = async (create) => {
      target = (await create({ passthrough: true })).target;
      return { id: 'x', raw: latin('x') };
    };
    await ao.signMessage({ process: spelled(kit.named), signer });
    return target;
  }),
  ...['monitor', 'unmonitor'].flatMap((call) => misspelled(call, (ao, kit, spelled) => ao[call]({ process: spelled(kit.named), signer: kit.signer }))),
  ...misspelled('assign to a process', (ao, kit, spelled) => ao.assign({ process: spelled(kit.named), message: kit.ping })),
  ...misspelled('assign of a message', (ao, kit, spelled) => ao.assign({ process: kit.named, message: spelled(kit.ping) })),
  ...misspelled('assign without a field', (ao, kit, spelled) => ao.assign({ process: kit.named, message: kit.ping, exclude: [spelled('Data')] })),

  ...misspelled('getMessages', (ao, kit, spelled) => get('getMessages', { ...always, processId: spelled(kit.named) })(ao, kit).then(count)),
  ...['from', 'to', 'limit'].flatMap((name) => misspelled(`getMessages, ${name}`, (ao, kit, spelled) => get('getMessages', { processId: kit.named, ...always, [name]: spelled(always[name]) })(ao, kit).then(count))),
  ...misspelled('getLastSlot', (ao, kit, spelled) => ao.getLastSlot({ processId: spelled(kit.named) }).then((slot) => typeof slot)),
  ...misspelled('getMessageById of a process', (ao, kit, spelled) => ao.getMessageById({ processId: spelled(kit.named), messageId: kit.said }).then(data)),
  ...misspelled('getMessageById of a message', (ao, kit, spelled) => ao.getMessageById({ processId: kit.named, messageId: spelled(kit.said) }).then(data)),

  ...misspelled('spawn with a scheduler', (ao, kit, spelled) => spawn({ scheduler: spelled(NOBODY) })(ao, kit)),
  ...['a slash', 'a space after', 'the end of a line'].map((how) => [`spawn of a module with ${how}`, spawn({ module: MISSPELLED[how](MODULE) })]),
];

const count = (page) => page.edges?.length ?? page;
const data = (found) => found.message?.data ?? found;
