// What the tests have at hand in the page, as `kit`.

import { createDataItemSigner } from '/pkg/index.js';
import { openUnit } from '/pkg/unit.js';
import { generateWallet, pageWallet } from '/pkg/wallet.js';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';

const TOKEN = `
Balances = { [Owner] = 1000 }
Handlers.add("Transfer", { Action = "Transfer" }, function(msg)
  local quantity = tonumber(msg.Quantity)
  assert(quantity <= Balances[msg.From], "Insufficient balance")
  Balances[msg.From] = Balances[msg.From] - quantity
  Balances[msg.Recipient] = (Balances[msg.Recipient] or 0) + quantity
  Send({ Target = msg.Recipient, Action = "Credit-Notice", Data = tostring(quantity) })
end)`;

const tags = (named) => Object.entries(named).map(([name, value]) => ({ name, value }));

/** Spawns a process that boots with `lua`, and waits for that. */
async function spawn(unit, lua, named = {}) {
  const process = await unit.spawn({ module: MODULE, tags: tags({ 'On-Boot': 'Data', ...named }), data: lua });
  const boot = await unit.result({ process, message: process });
  if (boot.Error) throw new Error(boot.Error);
  return process;
}

/** Sends a message and waits for what comes of it; resolves to `{ id, outcome }`. */
async function send(unit, process, named, data) {
  const id = await unit.message({ process, tags: tags(named), data });
  return { id, outcome: await unit.result({ process, message: id }) };
}

const evaluate = (unit, process, lua) => send(unit, process, { Action: 'Eval' }, lua);
const transfer = (unit, process, Recipient, quantity) =>
  send(unit, process, { Action: 'Transfer', Recipient, Quantity: String(quantity) });

/** A token with transfers of 1, 2, … to `alice`. */
async function tokenWith(unit, transfers) {
  const token = await spawn(unit, TOKEN);
  const sent = [];
  for (let i = 1; i <= transfers; i += 1) sent.push((await transfer(unit, token, 'alice', i)).id);
  return { token, sent };
}

/** The code and the words of what `call` rejects with. */
async function refusal(call) {
  try {
    return { succeeded: await call() };
  } catch ({ code, message }) {
    return { code, message };
  }
}

/** Waits until `condition` holds. */
async function until(condition) {
  for (let waited = 0; !(await condition()); waited += 10) {
    if (waited > 10_000) throw new Error(`this never came: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const signer = async (options) => createDataItemSigner(await generateWallet({ keep: false, ...options }));
const address = async () => (await pageWallet()).address;

globalThis.kit = {
  MODULE, address, evaluate, openUnit, refusal, send, signer, spawn, tags, tokenWith, transfer, until,
};
