// One scenario, step by step: every call with good, missing and wrong arguments, on a unit.

export const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
/** An id that nothing has. */
export const NOBODY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8';
export const ANCHOR = 'an anchor of thirty-two bytes...';

export const SOURCE = `
Count = 0
Handlers.add("Ping", { Action = "Ping" }, function(msg)
  Count = Count + 1
  msg.reply({ Action = "Pong", Data = msg.Data .. " " .. Count })
end)
Handlers.add("Fail", { Action = "Fail" }, function() error("as it was asked to") end)
Handlers.add("Tags", { Action = "Tags" }, function(msg)
  local names = {}
  for _, tag in ipairs(msg.TagArray) do names[#names + 1] = tag.name .. "=" .. tostring(tag.value) end
  print(table.concat(names, ","))
end)
Handlers.add("Who", { Action = "Who" }, function(msg) print(msg.From .. " " .. msg.Data .. " " .. tostring(msg.Anchor)) end)`;

export const tags = (named) => Object.entries(named).map(([name, value]) => ({ name, value }));
export const latin = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The last character of an id holds four bits, and has two more. */
export const spelledOtherwise = (id) => id.replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1));

/** A step that asks for what came of a message, which is sent before. */
export const sent = (fields) => async (ao, kit) => {
  const message = await ao.message({ process: kit.process, signer: kit.signer, ...fields });
  return ao.result({ process: fields.process ?? kit.process, message });
};

export const send = (fields) => (ao, kit) => ao.message({ process: kit.process, signer: kit.signer, ...fields });
export const sign = (signer) => (ao, kit) => ao.message({ process: kit.process, signer: signer(kit), data: 'x' });
export const spawn = (fields) => (ao, kit) => ao.spawn({ module: MODULE, scheduler: NOBODY, signer: kit.signer, ...fields });
export const get = (call, fields) => (ao, kit) => ao[call]({ processId: kit.process, from: '', to: '', messageId: kit.ping, ...fields });

/** The hash that `create` resolves to, signed as `sign` signs. */
const create = (options, answer) => () => async (create) => answer(await create(options));
const nothing = () => ({});
/** An error of the user's own. */
export const users = (error) => Object.assign(error, { isUsers: true });

/** `[what, call(connection, kit), name under which what it resolves to is kept]`. */
export const steps = [
  ['spawn a process', spawn({ tags: tags({ 'On-Boot': 'Data', Name: 'one' }), data: SOURCE }), 'process'],
  ['result of a spawn', (ao, kit) => ao.result({ process: kit.process, message: kit.process })],
  ['spawn another', spawn({ tags: tags({ 'On-Boot': 'Data' }), data: 'Handlers.add("Any", function(msg) print(msg.Id) end)' }), 'other'],
  ['spawn with no data', spawn({})],
  ['spawn with bytes', spawn({ data: latin('Value = 1') })],
  ['spawn with an ArrayBuffer', spawn({ data: latin('Value = 1').buffer })],
  ['spawn with tags that repeat', spawn({ tags: [...tags({ A: '1' }), ...tags({ A: '2' })] })],
  ['spawn with tags that are null', spawn({ tags: null })],
  ['spawn without a scheduler', spawn({ scheduler: undefined })],
  ['spawn with a scheduler that is null', spawn({ scheduler: null })],
  ['spawn with a scheduler that is a number', spawn({ scheduler: 5 })],
  ['spawn with a tag value that is a number', spawn({ tags: [{ name: 'a', value: 1 }] })],
  ['spawn with a tag without a value', spawn({ tags: [{ name: 'a' }] })],
  ['spawn with data that are a number', spawn({ data: 5 })],
  ['spawn of a module that there is not', spawn({ module: NOBODY })],
  ['spawn of a module that is empty', spawn({ module: '' })],
  ['spawn with a cron that is none', spawn({ tags: tags({ 'Cron-Interval': '1-' }) })],
  ['spawn with too many tags', spawn({ tags: tags({ Long: 'x'.repeat(5000) }) })],

  ['message', send({ tags: tags({ Action: 'Ping' }), data: 'hello' }), 'ping'],
  ['result of a message', (ao, kit) => ao.result({ process: kit.process, message: kit.ping })],
  ['message with bytes', sent({ tags: tags({ Action: 'Ping' }), data: latin('bytes') })],
  ['message with a list of bytes', sent({ tags: tags({ Action: 'Ping' }), data: [104, 105] })],
  ['message with an ArrayBuffer', sent({ tags: tags({ Action: 'Ping' }), data: latin('buffer').buffer })],
  ...Object.entries({ none: undefined, null: null, 'the empty text': '', zero: 0, false: false }).map(([what, data]) => [
    `message with data: ${what}`,
    sent({ tags: tags({ Action: 'Ping' }), data }),
  ]),
  ['message with data that are a number', send({ data: 5 })],
  ['message with data that are an object', send({ data: { a: 1 } })],
  ['message with data that are true', send({ data: true })],
  ['message with an anchor', sent({ tags: tags({ Action: 'Who' }), anchor: ANCHOR })],
  ['message with an empty anchor', sent({ tags: tags({ Action: 'Ping' }), anchor: '' })],
  ['message with an anchor that is too short', send({ anchor: 'short' })],
  ['message for its slot', send({ returnAssignmentSlot: true })],
  ['message for its slot and its id', send({ returnAssignmentSlot: true, returnMessageId: true })],
  ['message for its id', send({ returnMessageId: true })],
  ['message to a process that there is not', send({ process: NOBODY })],
  ['message to a process that there is not, for its slot', send({ process: NOBODY, returnAssignmentSlot: true })],
  ['message to no process', send({ process: '' })],
  ['message to what is no id', send({ process: 'short' })],
  ['message to an id that is spelled otherwise', async (ao, kit) => ao.result({ process: kit.process, message: await send({ process: spelledOtherwise(kit.process) })(ao, kit) })],
  ['message with too many tags', send({ tags: tags({ Long: 'x'.repeat(5000) }) })],
  ['message with a tag whose value is empty', send({ tags: tags({ Empty: '' }) })],
  ['message with a tag whose name is empty', send({ tags: [{ name: '', value: 'x' }] })],
  ['message with 150 tags', send({ tags: Array.from({ length: 150 }, () => ({ name: 'n', value: 'v' })) })],
  ['message that fails', sent({ tags: tags({ Action: 'Fail' }) })],
  ['message that evaluates', sent({ tags: tags({ Action: 'Eval' }), data: 'return { Count > 0, Owner }' })],
  ['message that evaluates what does not compile', sent({ tags: tags({ Action: 'Eval' }), data: 'return +' })],

  ...[
    [],
    tags({ Type: 'Foo', Variant: 'ao.N.1', 'Data-Protocol': 'zone', 'Content-Type': 'text/html', SDK: 'mine' }),
    tags({ variant: 'ao.X.1', type: 'q' }),
    [...tags({ A: 'a', 'Data-Protocol': 'ao', Type: 'Foo', B: 'b' }), ...tags({ 'Data-Protocol': 'other', Type: 'OtherT', Variant: 'o1' })],
    tags({ Variant: '' }),
    tags({ 'Data-Protocol': 'ao' }),
    tags({ From: 'somebody', Owner: 'somebody' }),
    tags({ 'From-Process': NOBODY }),
    tags({ SDK: 'mine' }),
  ].flatMap((more) => {
    const what = `[${more.map(({ name, value }) => `${name}=${value}`)}]`;
    return [
      [`signMessage with ${what}`, signedTags({ tags: more })],
      [`signMessage with data and ${what}`, signedTags({ tags: more, data: 'x' })],
      [`message with ${what}`, sent({ tags: [...tags({ Action: 'Tags' }), ...more] })],
    ];
  }),
  ['message with Type=Process first', send({ tags: tags({ Type: 'Process' }) })],

  ['signMessage', (ao, kit) => ao.signMessage({ process: kit.process, signer: kit.signer, tags: tags({ Action: 'Ping' }), data: 'signed' }), 'signed'],
  ['signMessage with a signer that builds the item', (ao, kit) => ao.signMessage({ process: kit.process, signer: async (create) => ({ id: 'an id', raw: latin('raw'), of: Object.keys(await create({ passthrough: true })) }) })],
  ['sendSignedMessage', (ao, kit) => ao.sendSignedMessage(kit.signed)],
  ['result of a signed message', (ao, kit) => ao.result({ process: kit.process, message: kit.signed.id })],
  ['sendSignedMessage again', (ao, kit) => ao.sendSignedMessage(kit.signed)],
  ['sendSignedMessage by another id', (ao, kit) => ao.sendSignedMessage({ id: 'another', raw: kit.signed.raw })],
  ['sendSignedMessage that was changed', (ao, kit) => ao.sendSignedMessage({ id: kit.signed.id, raw: Uint8Array.from(kit.signed.raw, (byte, at) => (at === 30 ? byte ^ 1 : byte)) })],
  ['sendSignedMessage that is no item', (ao) => ao.sendSignedMessage({ id: 'x', raw: latin('nothing of the kind') })],
  ['sendSignedMessage to a process that there is not', async (ao, kit) => ao.sendSignedMessage(await ao.signMessage({ process: NOBODY, signer: kit.signer }))],

  ['result of a message that there is not', (ao, kit) => ao.result({ process: kit.process, message: NOBODY })],
  ['result of a process that there is not', (ao, kit) => ao.result({ process: NOBODY, message: kit.ping })],
  ['result of a message of another process', (ao, kit) => ao.result({ process: kit.other, message: kit.ping })],
  ['result of what is no id', (ao) => ao.result({ process: 'short', message: 'short' })],

  ...[Infinity, 1e10, 1.5, -5].map((limit) => [`results, ${limit} of them`, (ao, kit) => ao.results({ process: kit.process, limit })]),
  ['results from undefined to undefined', (ao, kit) => ao.results({ process: kit.process, from: 'undefined', to: 'undefined' })],
  ['results', (ao, kit) => ao.results({ process: kit.process }), 'page'],
  ['results, the newest two', (ao, kit) => ao.results({ process: kit.process, sort: 'DESC', limit: 2 })],
  ['results from a cursor', (ao, kit) => ao.results({ process: kit.process, from: kit.page.edges[1].cursor, limit: 2 })],
  ['results to a cursor', (ao, kit) => ao.results({ process: kit.process, to: kit.page.edges[1].cursor })],
  ['results from a time', (ao, kit) => ao.results({ process: kit.process, from: '1', limit: 1 })],
  ['results to a time', (ao, kit) => ao.results({ process: kit.process, to: '1' })],
  ['results of what is empty', (ao, kit) => ao.results({ process: kit.process, from: '', to: '', limit: 0 })],
  ['results from what is no cursor', (ao, kit) => ao.results({ process: kit.process, from: 'nothing' })],
  ['results, fewer than none', (ao, kit) => ao.results({ process: kit.process, limit: -1 })],
  ['results, one and a half', (ao, kit) => ao.results({ process: kit.process, limit: 1.5 })],
  ...['{}', 'null', '5', '[]', '{"timestamp":1}', '{"timestamp":"x","ordinate":"0","cron":null,"sort":"ASC"}', '{"timestamp":1,"ordinate":"0","cron":null,"sort":"DESC"}'].flatMap((cursor) => [
    [`results from a cursor of ${cursor}`, (ao, kit) => ao.results({ process: kit.other, from: btoa(cursor) })],
    [`results to a cursor of ${cursor}`, (ao, kit) => ao.results({ process: kit.other, to: btoa(cursor) })],
  ]),
  ...['1.5', '-1', '1e3', '0x1', '0', 'NaN', 'Infinity', 'null', '9'.repeat(30)].flatMap((time) => [
    [`results from ${time}`, (ao, kit) => ao.results({ process: kit.other, from: time })],
    [`results to ${time}`, (ao, kit) => ao.results({ process: kit.other, to: time })],
    [`getMessages from ${time}`, (ao, kit) => ao.getMessages({ processId: kit.other, from: time, to: '9999999999999' })],
    [`getMessages to ${time}`, (ao, kit) => ao.getMessages({ processId: kit.other, from: '0', to: time })],
  ]),
  ...[1000, 1001, 5000, 1e-9, -0, 2 ** 31, 2 ** 53].map((limit) => [`results, ${Object.is(limit, -0) ? '-0' : limit} of them`, (ao, kit) => ao.results({ process: kit.other, limit })]),
  ['results of a process, the oldest of the newest', (ao, kit) => ao.results({ process: kit.process, sort: 'DESC', from: kit.page.edges[1].cursor, limit: 1 })],
  ['results to before they begin', (ao, kit) => ao.results({ process: kit.process, from: kit.page.edges[2].cursor, to: kit.page.edges[1].cursor })],
  ['results of a process that there is not', (ao) => ao.results({ process: NOBODY })],

  ['dryrun', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Ping' }), data: 'dry' })],
  ['dryrun leaves no trace', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Ping' }), data: 'dry' })],
  ['dryrun of nothing', (ao, kit) => ao.dryrun({ process: kit.process })],
  ['dryrun of defaults', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Who' }) })],
  ['dryrun of tags', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Tags', Type: 'Message', Variant: 'v' }) })],
  ['dryrun as somebody', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Who' }), data: 'd', Owner: NOBODY, anchor: 'a' })],
  ['dryrun as the owner', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Eval' }), data: 'return Count', Owner: kit.address })],
  ['dryrun with what is left out', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Who' }), From: NOBODY, Target: NOBODY, Timestamp: 5 })],
  ['dryrun with an id', (ao, kit) => ao.dryrun({ process: kit.other, Id: NOBODY })],
  ['dryrun with an owner that is empty', (ao, kit) => ao.dryrun({ process: kit.process, Owner: '' })],
  ['dryrun with data that are a number', (ao, kit) => ao.dryrun({ process: kit.process, data: 5 })],
  ['dryrun with data that are an object', (ao, kit) => ao.dryrun({ process: kit.process, data: { a: 1 } })],
  ['dryrun with bytes', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Ping' }), data: latin('hi') })],
  ['dryrun that fails', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Fail' }) })],
  ['dryrun with the names that are sent', (ao, kit) => ao.dryrun({ process: kit.process, Tags: tags({ Action: 'Ping' }), Data: 'd', Anchor: 'a', Target: NOBODY })],
  ['dryrun with an Id that is empty', (ao, kit) => ao.dryrun({ process: kit.other, Id: '' })],
  ['dryrun with what are no ids', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Who' }), Id: 'a', Owner: 'b' })],
  ['dryrun with tags that say more', (ao, kit) => ao.dryrun({ process: kit.process, tags: [{ name: 'Action', value: 'Tags', more: 1 }] })],
  ['dryrun with tags that repeat', (ao, kit) => ao.dryrun({ process: kit.process, tags: [...tags({ Action: 'Tags', A: '1' }), ...tags({ A: '2' })] })],
  ['dryrun from a process', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Who', 'From-Process': NOBODY }) })],
  ['dryrun with From and Owner as tags', (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Tags', From: 'a', Owner: 'b' }) })],
  ['dryrun with a name that is empty', (ao, kit) => ao.dryrun({ process: kit.process, tags: [{ name: 'Action', value: 'Tags' }, { name: '', value: '' }] })],
  ...Object.entries({ 'the empty text': '', zero: 0, false: false, null: null }).flatMap(([what, value]) => ['tags', 'data', 'anchor'].map((name) => [
    `dryrun with ${name}: ${what}`,
    (ao, kit) => ao.dryrun({ process: kit.process, tags: tags({ Action: 'Who' }), [name]: value }),
  ])),
  ['dryrun of a process that there is not', (ao) => ao.dryrun({ process: NOBODY })],
  ['dryrun of no process', (ao) => ao.dryrun({ process: '' })],

  ...['monitor', 'unmonitor'].flatMap((call) => [
    [call, (ao, kit) => ao[call]({ process: kit.process, signer: kit.signer })],
    [`${call} of a process that there is not`, (ao, kit) => ao[call]({ process: NOBODY, signer: kit.signer })],
    [`${call} of no process`, (ao, kit) => ao[call]({ process: '', signer: kit.signer })],
    [`${call} of what is no id`, (ao, kit) => ao[call]({ process: 'short', signer: kit.signer })],
  ]),

  ['assign', (ao, kit) => ao.assign({ process: kit.other, message: kit.ping })],
  ['assign again', (ao, kit) => ao.assign({ process: kit.other, message: kit.ping })],
  ['result of an assignment', (ao, kit) => ao.result({ process: kit.other, message: kit.ping })],
  ['assign without some fields', async (ao, kit) => ao.assign({ process: kit.other, message: await send({ data: 'left out' })(ao, kit), exclude: ['Data', 'Anchor'] })],
  ['assign without no fields', async (ao, kit) => ao.assign({ process: kit.other, message: await send({})(ao, kit), exclude: [] })],
  ['assign from the base layer', (ao, kit) => ao.assign({ process: kit.other, message: kit.ping, baseLayer: true })],
  ['assign of a message that there is not', (ao, kit) => ao.assign({ process: kit.other, message: NOBODY })],
  ['assign to a process that there is not', (ao, kit) => ao.assign({ process: NOBODY, message: kit.ping })],
  ['assign of no message', (ao, kit) => ao.assign({ process: kit.other, message: '' })],
  ['assign of nothing', (ao) => ao.assign({ process: '', message: '' })],

  ['getMessageById', get('getMessageById', {})],
  ['getMessageById of an assignment', (ao, kit) => ao.getMessageById({ processId: kit.other, messageId: kit.ping })],
  ['getMessageById of a message that there is not', get('getMessageById', { messageId: NOBODY })],
  ['getMessageById of a process that there is not', get('getMessageById', { processId: NOBODY })],
  ['getMessageById of a process', (ao, kit) => ao.getMessageById({ processId: kit.other, messageId: kit.other })],
  ['getMessages, two of them', get('getMessages', { from: '1', to: '9999999999999', limit: '2' })],
  ['getMessages', (ao, kit) => ao.getMessages({ processId: kit.other, from: '1', to: '9999999999999' })],
  ...['0', '-1', '1.5', 'x', '1e1', '', '100000'].map((limit) => [`getMessages, '${limit}' of them`, get('getMessages', { from: '1', to: '9999999999999', limit })]),
  ['getMessages from undefined', get('getMessages', { from: 'undefined', to: '9999999999999' })],
  ['getMessages of no time', get('getMessages', { from: '1', to: '2' })],
  ['getMessages of a time that is none', get('getMessages', { from: 'x', to: 'y' })],
  ['getMessages of a process that there is not', get('getMessages', { processId: NOBODY })],
  ['getLastSlot', (ao, kit) => ao.getLastSlot({ processId: kit.other })],
  ['getLastSlot of an hour', (ao, kit) => ao.getLastSlot({ processId: kit.other, since: 3_600_000 })],
  ...[1e15, Infinity, -Infinity, 1e300, 3_600_000.5, -0.5, 1e-9, 0, -5].map((since) => [`getLastSlot of ${since} ms`, (ao, kit) => ao.getLastSlot({ processId: kit.other, since })]),
  ['getLastSlot of a process that there is not', (ao) => ao.getLastSlot({ processId: NOBODY })],
  ['getLastSlot of no process', (ao) => ao.getLastSlot({ processId: '' })],
  ['getMessages of no process', get('getMessages', { processId: '', from: '1', to: '2' })],
  ['getMessageById of no process', get('getMessageById', { processId: '' })],
  ['getMessageById of no message', get('getMessageById', { messageId: '' })],
  ['getMessageById of nothing', get('getMessageById', { processId: '', messageId: '' })],

  ['message with words of two bytes', sent({ data: new Uint16Array([1, 2]) })],
  ['signMessage answers what raw is', async (ao, kit) => (await ao.signMessage({ process: kit.process, signer: kit.signer })).raw.constructor.name],
  ['message with a DataView', sent({ tags: tags({ Action: 'Ping' }), data: new DataView(latin('view').buffer) })],

  ['a signer of the first generation', sign((kit) => async ({ data, tags, target, anchor }) => kit.build({ data, tags, target, anchor }))],
  ['a signer that builds what create passes through', sign((kit) => async (create) => kit.build(await create({ passthrough: true })))],
  ['a signer of the second generation', sign((kit) => kit.second())],
  ['a key as base64url', sign((kit) => kit.second((key) => Buffer.from(key).toString('base64url')))],
  ['a signer of the other library', sign((kit) => kit.foreign)],
  ['a signer that answers no promise', sign(() => () => ({ id: 'x', raw: latin('x') }))],
  ['a signer that never calls create', sign(() => async () => ({ signature: latin('x'), address: 'x' }))],
  ['a signer that answers nothing', sign(create({ publicKey: new Uint8Array(512) }, () => undefined))],
  ['a signer that answers no signature', sign(create({ publicKey: new Uint8Array(512) }, nothing))],
  ['a signer whose signature is none', sign(create({ publicKey: new Uint8Array(512).fill(255) }, () => ({ signature: new Uint8Array(512), address: 'x' })))],
  ['a signer that answers an item without an id', sign((kit) => async (create) => ({ raw: (await kit.build(await create({ passthrough: true }))).raw }))],
  ['a signer that calls create with nothing', sign(create(undefined, nothing))],
  ['a key that is too short', sign(create({ publicKey: new Uint8Array(256) }, nothing))],
  ['a key that is none', sign(create({ publicKey: 5 }, nothing))],
  ['no key', sign(create({}, nothing))],
  ['a type that there is not', sign(create({ publicKey: new Uint8Array(512), type: 99 }, nothing))],
  ['signMessage with a signature that is none', (ao, kit) => ao.signMessage({ process: kit.process, signer: create({ publicKey: new Uint8Array(512).fill(255) }, () => ({ signature: new Uint8Array(512), address: 'x' }))() })],
  ['a signer that throws', sign(() => () => { throw users(new Error('at once')); })],
  ['a signer that rejects with an error', sign(() => async () => { throw users(new RangeError('no')); })],
  ['a signer that rejects with text', sign(() => async () => { throw 'no'; })],
  ['a signer that rejects with an object', sign(() => async () => { throw { message: 'no' }; })],
  ['a signer that rejects with a number', sign(() => async () => { throw 7; })],
];

/** The tags of a message, as a signer is given them. */
function signedTags(fields) {
  return async (ao, kit) => {
    let seen;
    const signer = async (create) => {
      seen = await create({ passthrough: true });
      return { id: 'x', raw: latin('x') };
    };
    await ao.signMessage({ process: kit.process, signer, ...fields });
    return seen;
  };
}
