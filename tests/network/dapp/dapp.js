// A dApp as it is written for the network: nothing in it knows of the unit.

import { connect, createDataItemSigner, dryrun, message, result, results, spawn } from '/aoconnect/browser.js';
import { wallets } from '/wallet/wallets.js';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
const SCHEDULER = '_GQ33BkPtZrqxA84vM8Zk-N2aO0toNNu_C-l-rawrBA';
const LUA = `
Count = Count or 0
Handlers.add("count", { Action = "Count" }, function(msg)
  Count = Count + 1
  msg.reply({ Data = tostring(Count) })
end)`;

const signer = createDataItemSigner(wallets.wander());

export async function spawnCounter() {
  const tags = [{ name: 'On-Boot', value: 'Data' }];
  const process = await spawn({ module: MODULE, scheduler: SCHEDULER, signer, tags, data: LUA });
  await result({ process, message: process });
  return process;
}

export async function count(process) {
  const id = await message({ process, signer, tags: [{ name: 'Action', value: 'Count' }] });
  const { Messages } = await result({ process, message: id });
  return Messages[0].Data;
}

export async function read(process) {
  const { Messages } = await dryrun({ process, tags: [{ name: 'Action', value: 'Count' }] });
  return Messages[0].Data;
}

export async function history(process) {
  const { edges } = await results({ process });
  return edges.length;
}

/** Where the message stands: its scheduler has to be located. */
export async function slotOf(process) {
  return connect().message({ process, signer, returnAssignmentSlot: true });
}

/** A message for a process, signed and not sent. */
export async function signed(process) {
  return [...new Uint8Array((await connect().signMessage({ process, signer, tags: [{ name: 'Action', value: 'Count' }] })).raw)];
}

/** A file on Arweave. */
export async function file(id) {
  const response = await fetch(`https://arweave.net/${id}`);
  return [response.status, await response.text()];
}
