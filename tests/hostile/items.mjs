// Data items that mean harm, and what becomes of them. Runs wherever the package does: in Node and in a page.

/** How many bytes a signature and an owner have, by the signature type. */
const LENGTHS = { 1: [512, 512], 2: [64, 32], 3: [65, 65], 4: [64, 32], 7: [65, 42] };
/** What a refusal of bytes may be called; anything else is a fault. */
const REFUSALS = [
  'ITEM_INVALID', 'SIGNATURE_INVALID', 'NO_TARGET', 'PROCESS_NOT_FOUND', 'MODULE_UNKNOWN', 'CRON_INVALID',
  'CRON_UNMATCHED', 'LIMIT_INVALID', 'ITEM_TOO_LARGE',
];

const RECORDER = `
Heard = {}
Secret = 'safe'
Handlers.add('Hear', { Action = 'Hear' }, function(m)
  Heard[#Heard + 1] = { From = m.From, Owner = m.Owner, Key = m.Key }
end)`;

const tagsOf = (named) => Object.entries(named).map(([name, value]) => ({ name, value }));

/** A unit with a process that notes what it hears, and the ways to hand an item over. */
export async function stageItems({ openUnit, createFetch, connect, generateWallet, createDataItemSigner, storage, module }) {
  const unit = await openUnit({ storage });
  const signer = createDataItemSigner(await generateWallet({ keep: false }));
  const process = await unit.spawn({ module, signer, tags: tagsOf({ 'On-Boot': 'Data' }), data: RECORDER });
  await unit.result({ process, message: process });
  const fetch = createFetch(unit);
  const post = async (address, item) => {
    const answer = await fetch(address, { method: 'POST', body: item, headers: { 'content-type': 'application/octet-stream' } });
    if (answer.status < 400) return (await answer.json()).id;
    const { error } = await answer.json();
    throw Object.assign(new Error(error), { code: 'refused by the network', status: answer.status });
  };
  const { sendSignedMessage } = connect({ storage });
  /** Each answers the id of what was taken in. */
  const ways = {
    accept: async (item) => (await unit.accept(item)).id,
    sendSignedMessage: (item) => sendSignedMessage({ id: 'whatever', raw: item }),
    messenger: (item) => post('http://localhost:4002/', item),
    scheduler: (item) => post('http://localhost:4003/', item),
  };
  return { unit, process, ways };
}

/** What is not as it should be when `hands` come over by every way: each has to be refused, and nothing to change. */
export async function refuseAll({ unit, process, ways }, hands) {
  const before = await standing(unit, process);
  const wrong = [];
  const codes = {};
  for (const [way, hand] of Object.entries(ways)) {
    // All at once: they are verified elsewhere then, if they are many.
    const refusals = await Promise.all(hands.map(({ item }) => hand(item).then((id) => ({ id }), (error) => error)));
    for (const [i, refusal] of refusals.entries()) {
      const { what } = hands[i];
      const { code, status, id } = refusal;
      if (id !== undefined) wrong.push(`${way} took ${what}`);
      else if (status !== undefined ? status < 400 || status >= 500 : !REFUSALS.includes(code)) {
        wrong.push(`${way} refuses ${what} with ${code} ${status ?? ''}: ${refusal.message}`);
      }
      codes[status ?? code] = (codes[status ?? code] ?? 0) + 1;
    }
  }
  const after = await standing(unit, process);
  if (after !== before) wrong.push(`the unit was ${before}, and is ${after}`);
  return { wrong, codes };
}

/** Each item with a bit changed in each of its fields, `perField` times; `random` says where. */
export function forged(items, random, perField) {
  return items.flatMap(({ what, item }) =>
    Object.entries(fieldsOf(item)).flatMap(([field, [from, to]]) =>
      Array.from({ length: to > from ? perField : 0 }, () => {
        const changed = item.slice();
        const at = from + Math.floor(random() * (to - from));
        changed[at] ^= 1 << Math.floor(random() * 8);
        return { what: `${what} with byte ${at - from} of its ${field} changed`, item: changed };
      }),
    ),
  );
}

/** Where the fields of an item are. */
function fieldsOf(item) {
  const [signature, owner] = LENGTHS[item[0] | (item[1] << 8)];
  const places = { type: [0, 2], signature: [2, 2 + signature], owner: [2 + signature, 2 + signature + owner] };
  let at = 2 + signature + owner;
  for (const name of ['target', 'anchor']) {
    const length = item[at] === 1 ? 33 : 1;
    places[name] = [at, at + length];
    at += length;
  }
  const tags = new DataView(item.buffer, item.byteOffset).getUint32(at + 8, true);
  return { ...places, counts: [at, at + 16], tags: [at + 16, at + 16 + tags], data: [at + 16 + tags, item.length] };
}

/** What is not as it should be when each item comes often: it is in the log once, and each time as the same. */
export async function replayAll({ unit, process, ways }, items) {
  const wrong = [];
  const before = await logOf(unit, process);
  for (const { what, item } of items) {
    const hands = [...Object.values(ways), ...Object.values(ways)];
    const ids = await Promise.all(hands.map((hand) => hand(item)));
    const different = new Set(ids.filter((id) => id !== 'whatever'));
    if (different.size !== 1) wrong.push(`${what} is ${[...different]}`);
    await unit.result({ process, message: [...different][0] });
  }
  const added = (await logOf(unit, process)).length - before.length;
  if (added !== items.length) wrong.push(`${items.length} items made ${added} entries of the log`);
  return wrong;
}

/**
 * What is not as it should be of items that pose as somebody else's: `claims` has, beside each, who signed it. It may
 * be heard, as that one's; it changes nothing.
 */
export async function unmask({ unit, process }, claims) {
  const wrong = [];
  for (const { what, item, address, isHeard } of claims) {
    const { id } = await unit.accept(item);
    const outcome = await unit.result({ process, message: id });
    const heard = await unit.inspect(process, 'Heard[#Heard]');
    if (isHeard && (heard?.From !== address || heard?.Owner !== address)) {
      wrong.push(`${what} is heard as ${JSON.stringify(heard)}, not ${address}: ${outcome.Error ?? ''}`);
    }
    const secret = await unit.inspect(process, 'Secret');
    if (secret !== 'safe') wrong.push(`${what} makes the secret ${secret}`);
  }
  return wrong;
}

/**
 * What is not as it should be of spawns that pose as somebody else's: to the unit each process is its signer's. It takes
 * itself for that one's, too, or for `heir`'s, as aos has it: whoever signs a spawn can give the process away.
 */
export async function disown({ unit }, spawns) {
  const wrong = [];
  for (const { what, item, address, heir = address } of spawns) {
    const { id } = await unit.accept(item);
    const { owner } = (await unit.processes()).find((process) => process.id === id);
    const own = await unit.inspect(id, 'Owner');
    if (owner !== address || own !== heir) wrong.push(`${what} is ${owner}'s, and says ${own}: not ${address}, and ${heir}`);
  }
  return wrong;
}

/** What of a unit nothing that is refused may change. */
async function standing(unit, process) {
  const heard = await unit.inspect(process, 'Heard');
  const { length } = await logOf(unit, process);
  return JSON.stringify({ processes: (await unit.processes()).map(({ id }) => id), length, heard });
}

async function logOf(unit, process) {
  return (await unit.log({ process, limit: 100_000 })).edges;
}
