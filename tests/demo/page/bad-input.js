// What goes wrong, and what the caller gets to see of it. Each case throws when it is not as its name says.

import init, { sealItem, signingHash } from '/pkg/wasm/unit.js';
import { connect } from '/pkg/index.js';
import { connect as connectRemotely } from '/pkg/remote.js';
import {
  MODULE,
  createDataItemSigner,
  evaluate,
  generateWallet,
  openUnit,
  readBalances,
  spawnToken,
  tags,
  transfer,
} from './token.js';

// An id that nothing has; the last character of an id holds four bits only.
const NOBODY = `${'x'.repeat(42)}w`;
const STORAGE = 'idb://ao-unit-bad-input';
let unit, wallet, process;

/** Opens a unit with a token in it, for all cases. */
export async function prepare(source) {
  unit = await openUnit({ storage: STORAGE });
  wallet = await generateWallet({ type: 'arweave', keep: false });
  ({ process } = await spawnToken(unit, source, wallet));
  await transfer(unit, process, wallet, 'recipient-a', 100);
}

export const cases = {
  'a message to a process that does not exist is refused': async () => {
    const signer = createDataItemSigner(wallet);
    await rejects('PROCESS_NOT_FOUND', () => unit.message({ process: NOBODY, signer }));
  },

  'a result or a dry-run of a process that does not exist is refused': async () => {
    await rejects('PROCESS_NOT_FOUND', () => unit.result({ process: NOBODY, message: NOBODY }));
    await rejects('PROCESS_NOT_FOUND', () => unit.dryrun({ process: NOBODY }));
  },

  'a result of a message that does not exist is refused': async () => {
    await rejects('MESSAGE_NOT_FOUND', () => unit.result({ process, message: NOBODY }));
  },

  'a spawn of a module that does not exist is refused': async () => {
    const signer = createDataItemSigner(wallet);
    await rejects('MODULE_UNKNOWN', () => unit.spawn({ module: NOBODY, signer }));
    await unit.dryrun({ process });
  },

  'a data item is refused when any byte of it has changed': async () => {
    const item = await signedItem();
    // A byte of the signature, of the owner, and the last one of the data.
    for (const at of [100, 600, item.length - 1]) {
      const changed = item.slice();
      changed[at] ^= 1;
      await rejects('SIGNATURE_INVALID', () => unit.accept(changed));
    }
    const receipt = await unit.accept(item);
    equal(receipt.process, process, 'the unchanged item goes to the process');
  },

  'bytes that are no data item are refused': async () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(1000).fill(255), (await signedItem()).slice(0, 700)]) {
      await rejects('ITEM_INVALID', () => unit.accept(bytes));
    }
  },

  'arguments that are missing or of another type are refused': async () => {
    const signer = createDataItemSigner(wallet);
    const { message, spawn, result, dryrun, assign } = connect({ storage: STORAGE });
    for (const call of [
      () => unit.message({ signer }),
      () => unit.result({ process }),
      () => unit.send(process, { Quantity: {} }),
      () => message({ signer }),
      () => message({ process, signer, tags: 5 }),
      () => spawn({ signer }),
      () => result({ process }),
      () => dryrun({ process: 5 }),
      () => assign({ process }),
      async () => message(),
      async () => connect({ GATEWAY_URL: 'nowhere' }),
    ]) {
      await rejects('ARGUMENT_INVALID', call);
    }
  },

  'a call that nobody signs is refused, unless the unit signs it itself': async () => {
    const { message, spawn, monitor } = connect({ storage: STORAGE });
    for (const call of [message, spawn, monitor]) {
      await rejects('SIGNER_REQUIRED', () => call({ process, module: MODULE }));
    }
    await unit.message({ process });
    await connect({ storage: STORAGE, signer: createDataItemSigner(wallet) }).message({ process });
  },

  'a mode that there is not is refused, and one of the network says where it is': async () => {
    await rejects('MODE_UNKNOWN', async () => connect({ MODE: 'foo' }));
    const { message } = await rejects('MODE_REMOTE', async () => connect({ MODE: 'mainnet' }));
    if (!message.includes('ao-unit/remote')) throw new Error(`the message is “${message}”`);
  },

  'the network without aoconnect says what to install': async () => {
    for (const MODE of ['legacy', 'mainnet']) {
      const { result } = connectRemotely({ MODE });
      const { message } = await rejects('REMOTE_UNAVAILABLE', () => result({ process, message: process }));
      if (!message.includes('npm install @permaweb/aoconnect')) throw new Error(`the message is “${message}”`);
    }
  },

  'a call is given up after a time, or when it is aborted': async () => {
    const never = () => new Promise(() => {});
    const { message } = connect({ storage: STORAGE });
    for (const call of [message, (options) => unit.message(options)]) {
      await rejects('TIMEOUT', () => call({ process, signer: never, timeout: 10 }));
      const reason = new Error('the page went');
      const { cause } = await rejects('ABORTED', () => call({ process, signer: never, signal: AbortSignal.abort(reason) }));
      if (cause !== reason) throw new Error(`the cause is ${cause}`);
      await rejects('ARGUMENT_INVALID', () => call({ process, signer: never, timeout: 'soon' }));
    }
    await unit.dryrun({ process });
  },

  'source that fails is an error, and so is a message that does': async () => {
    const { message } = await rejects('DEPLOY_FAILED', () => unit.deploy({ source: 'return +' }));
    if (!message.includes(":1: unexpected symbol near '+'")) throw new Error(`the message is “${message}”`);
    const signer = createDataItemSigner(wallet);
    await rejects('EVALUATION_FAILED', () => unit.send(process, { Action: 'Transfer', Recipient: 'recipient-a' }, { signer }));
  },

  'Lua that does not compile changes nothing': () => fails('Balances = {} return +', /unexpected symbol near '\+'/),

  'Lua that raises an error changes nothing': () => fails('Balances = {} error("no more")', /no more/),

  'Lua that loops for ever changes nothing': () => fails('Balances = {} while true do end', /out of gas/),

  'Lua that loops for ever behind pcall changes nothing': () =>
    fails('Balances = {} while true do pcall(function() while true do end end) end', /out of gas/),

  'Lua that allocates without end changes nothing': () =>
    fails('Balances = {} local kept = {} while true do kept[#kept + 1] = ("x"):rep(1 << 20) .. #kept end', /not enough memory/),

  'Lua that recurses without end changes nothing': () =>
    fails('Balances = {} local function deeper() return 1 + deeper() end return deeper()', /stack overflow/),

  'a handler that fails gives an outcome with its error': async () => {
    const before = await balances();
    const id = await unit.message({
      process,
      signer: createDataItemSigner(wallet),
      tags: tags({ Action: 'Transfer', Recipient: 'recipient-a' }),
    });
    const outcome = await unit.result({ process, message: id });
    if (!/compare/.test(outcome.Error)) throw new Error(`the outcome is ${JSON.stringify(outcome)}`);
    equal(await balances(), before, 'the balances');
  },

  'the process goes on after all of that': async () => {
    const { outcome } = await transfer(unit, process, wallet, 'recipient-b', 250);
    equal(outcome.Error, undefined, 'the error of a good transfer');
    const { [wallet.address]: _, ...others } = await balances();
    equal(others, { 'recipient-a': 100, 'recipient-b': 250 }, 'the balances');
  },

  'a wasm file that is missing is named': async () => {
    const error = await rejects('WASM_UNAVAILABLE', () =>
      openUnit({ storage: 'memory://missing', machine: '/nowhere/machine.wasm' }),
    );
    if (!error.message.includes('/nowhere/machine.wasm')) throw new Error(`the message is “${error.message}”`);
  },

  'a worker script that is missing is a crash, and not silence': () =>
    rejects('CRASHED', () => openUnit({ storage: 'memory://missing', worker: '/nowhere/worker.js' })),

  'wasm files of an unknown type are compiled all the same': async () => {
    const untyped = async (address) => URL.createObjectURL(new Blob([await (await fetch(address)).arrayBuffer()]));
    const other = await openUnit({
      storage: 'memory://untyped',
      wasm: await untyped('/pkg/wasm/unit_bg.wasm'),
      machine: await untyped('/pkg/wasm/machine.wasm'),
    });
    equal(await other.processes(), [], 'the processes of an empty unit');
    await other.close();
  },

  'a unit that is closed answers nothing more': async () => {
    const other = await openUnit({ storage: 'memory://closed' });
    await other.close();
    await other.close();
    await rejects('CLOSED', () => other.processes());
    await rejects('CLOSED', () => other.spawn({ module: MODULE, signer: createDataItemSigner(wallet) }));
  },
};

/** Evaluates Lua that must fail with an error like `expected`, and leave the balances as they were. */
async function fails(lua, expected) {
  const before = await balances();
  const { outcome } = await evaluate(unit, process, wallet, lua);
  if (typeof outcome.Error !== 'string' || !expected.test(outcome.Error)) {
    throw new Error(`the outcome is ${JSON.stringify(outcome)}`);
  }
  equal(outcome.Messages, [], 'the messages of a failed evaluation');
  equal(await balances(), before, 'the balances');
}

/** A message to the process, sealed but not sent. */
async function signedItem() {
  await init({ module_or_path: new URL('/pkg/wasm/unit_bg.wasm', location.href) });
  const fields = { data: 'unchanged', tags: tags({ 'Data-Protocol': 'ao', Type: 'Message' }), target: process };
  const signature = await wallet.sign(signingHash(fields, 1, wallet.publicKey));
  return sealItem(fields, 1, wallet.publicKey, signature);
}

const balances = () => readBalances(unit, process, wallet.address);

async function rejects(code, call) {
  let outcome;
  try {
    outcome = await call();
  } catch (error) {
    if (error.code === code) return error;
    throw new Error(`expected ${code}, got ${error.code}: ${error.message}`);
  }
  throw new Error(`expected ${code}, but it succeeded with ${JSON.stringify(outcome)}`);
}

function equal(actual, expected, what) {
  const [one, other] = [inOrder(actual), inOrder(expected)];
  if (one !== other) throw new Error(`${what}: expected ${other}, got ${one}`);
}

/** JSON with sorted keys: the order in which a process writes them means nothing. */
function inOrder(value) {
  const sorted = (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part;
  return JSON.stringify(value, sorted);
}
