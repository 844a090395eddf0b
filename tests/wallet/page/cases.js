// What a page does with a wallet: it spawns a process, and evaluates Lua in it.

import { createDataItemSigner } from '/pkg/index.js';
import { openUnit } from '/pkg/unit.js';
import { createDataItem, parseDataItem } from '/pkg/data-item.js';
import { createEthereumSigner, generateWallet } from '/pkg/wallet.js';
import { signers, wallets } from './wallets.js';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
const tags = (values) => Object.entries(values).map(([name, value]) => ({ name, value }));

const fromWallet = (name) => (options) => createDataItemSigner(wallets[name](options));

/** How a signer comes about, by the name of the test. */
const sources = {
  ...Object.fromEntries(Object.keys(wallets).map((name) => [name, fromWallet(name)])),
  ethereumMessage: (options) => createEthereumSigner(wallets.ethereum(options), { type: 3 }),
  ethereumHardware: (options) => createEthereumSigner(wallets.ethereum({ ...options, fromZero: true })),
  first: () => signers.first,
  second: () => signers.second(),
  jwk: (options) => createDataItemSigner(options.jwk),
  page: () => undefined,
};

/** Spawns and sends as the wallet `name`; answers what the unit and the process say of it, and what was asked. */
export async function use(name, options = {}) {
  const log = [];
  const signer = await sources[name]({ ...options, log });
  const unit = await openUnit({ storage: `memory://${name}` });
  const process = await unit.spawn({ module: MODULE, signer, tags: tags({ 'On-Boot': 'Data' }), data: 'Count = 41' });
  const evaluate = (data) => unit.message({ process, signer, tags: tags({ Action: 'Eval' }), data });
  // The same words twice are two messages.
  const ids = [await evaluate('Count = Count + 1 return Count'), await evaluate('Count = Count + 1 return Count')];
  const transfer = { Action: 'Transfer', Quantity: '12.7' };
  const bytes = new TextEncoder().encode('bytes');
  ids.push(await unit.message({ process, signer, tags: tags(transfer), data: bytes }));
  const outcomes = [];
  for (const message of ids) outcomes.push(await unit.result({ process, message }));
  const [{ owner, length }] = await unit.processes();
  await unit.close();
  return { ids, owner, length, log, read: outcomes.map(({ Output, Error }) => Error ?? Output.data) };
}

/** What it comes to when the user of the wallet refuses, and what the unit holds then. */
export async function refuse(name, refuse) {
  const signer = await sources[name]({ refuse });
  const unit = await openUnit({ storage: `memory://refusal-${name}-${refuse}` });
  const error = await unit.spawn({ module: MODULE, signer, data: 'x' }).then(
    () => ({ message: 'it was signed' }),
    ({ name, code, message, cause }) => ({ name, code, message, hasCause: cause !== undefined }),
  );
  const processes = await unit.processes();
  await unit.close();
  return { error, processes };
}

/** What it comes to when a signer answers an earlier item, for another process, to whatever it is asked. */
export async function replay() {
  const unit = await openUnit({ storage: 'memory://replay' });
  const signer = createDataItemSigner(await generateWallet({ keep: false }));
  const spawn = (signer) => unit.spawn({ module: MODULE, signer, data: 'Count = 0' });
  const [process, other] = [await spawn(signer), await spawn(signer)];
  const fields = { target: other, tags: tags({ 'Data-Protocol': 'ao', Type: 'Message', Action: 'Eval' }), data: 'return 1' };
  const { raw } = await createDataItem(fields, signer);
  const replaying = async () => ({ id: 'not looked at', raw });
  const outcome = (call) => call.then(() => ({}), ({ code, message }) => ({ code, message }));
  const message = await outcome(unit.message({ process, signer: replaying, data: 'asked' }));
  const spawned = await outcome(spawn(replaying));
  const lengths = (await unit.processes()).map(({ length }) => length);
  await unit.close();
  return { message, spawn: spawned, lengths };
}

/** What the wallet `name` signs a message with these tags to. */
export async function tagsOf(name, values) {
  const signer = await sources[name]({});
  const fields = { data: 'x', tags: tags(values), target: undefined, anchor: undefined };
  const create = Object.assign(async () => fields, fields);
  const { id, raw } = await signer(create, 'ans104');
  const item = await parseDataItem(raw);
  const signed = Object.fromEntries(item.tags.map(({ name, value }) => [name, value]));
  return { isItsId: item.id === id, tags: signed, given: fields.tags.length };
}
