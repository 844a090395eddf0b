// The token of the demo, on the package as a page uses it. Everything that crosses to the driver is plain data.

import { createDataItemSigner } from '/pkg/index.js';
import { openUnit } from '/pkg/unit.js';
import { generateWallet, pageWallet } from '/pkg/wallet.js';

/** The module that processes name: aos 2.0.6, which the unit answers with its own Lua machine. */
export const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
export const STORAGE = 'idb://ao-unit-demo';

export { createDataItemSigner, generateWallet, openUnit, pageWallet };

export const tags = (values) => Object.entries(values).map(([name, value]) => ({ name, value }));

/** Spawns the token and waits for its boot. Without an owner, the page's own wallet signs. */
export async function spawnToken(unit, source, owner) {
  const process = await unit.spawn({
    module: MODULE,
    signer: signerOf(owner),
    tags: tags({ Name: 'Token', 'On-Boot': 'Data' }),
    data: source,
  });
  const boot = await unit.result({ process, message: process });
  if (boot.Error) throw new Error(`the token did not boot: ${boot.Error}`);
  return { process, boot };
}

/** Sends a transfer; resolves to `{ id, outcome }` once it has been evaluated. */
export async function transfer(unit, process, wallet, recipient, quantity) {
  return send(unit, process, wallet, { Action: 'Transfer', Recipient: recipient, Quantity: String(quantity) });
}

/** Has the process evaluate Lua, as a message of its log. */
export async function evaluate(unit, process, wallet, lua) {
  return send(unit, process, wallet, { Action: 'Eval' }, lua);
}

/** Reads the balances out of the state of the process, by evaluating on a copy of it. */
export async function readBalances(unit, process, owner) {
  const { Error: failure, Output } = await unit.dryrun({
    process,
    Owner: owner,
    tags: tags({ Action: 'Eval' }),
    data: 'require("json").encode(Balances)',
  });
  if (failure) throw new Error(`the balances cannot be read: ${failure}`);
  return JSON.parse(Output.data);
}

async function send(unit, process, wallet, named, data) {
  const id = await unit.message({ process, signer: signerOf(wallet), tags: tags(named), data });
  return { id, outcome: await unit.result({ process, message: id }) };
}

function signerOf(wallet) {
  return wallet && createDataItemSigner(wallet);
}
