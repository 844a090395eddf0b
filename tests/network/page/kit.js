// What the tests have at hand in the page, as `kit`: a unit, a network in front of it, aoconnect as it is published.

import { createDataItem } from '/pkg/data-item.js';
import { createFetch, LEGACYNET, LOCALNET } from '/pkg/fetch.js';
import { openUnit } from '/pkg/unit.js';

export const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';

const LUA = `
Count = Count or 0
Handlers.add("count", { Action = "Count" }, function(msg)
  Count = Count + tonumber(msg.Tags.By or "1")
  msg.reply({ Data = tostring(Count) })
end)
Handlers.add("tick", { Action = "Tick" }, function(msg) Ticks = (Ticks or 0) + 1 end)
Handlers.add("fail", { Action = "Fail" }, function() error("it went wrong") end)`;

export const tags = (named) => Object.entries(named).map(([name, value]) => ({ name, value }));

/** A wallet as pages have them. */
export const wallet = {
  async connect() {},
  signDataItem: async ({ data, tags, target, anchor }) => (await createDataItem({ data, tags, target, anchor })).raw,
};

/** Spawns a counter, and sends it messages, by whichever aoconnect. */
export async function spawnCounter({ spawn, result }, signer, named = {}) {
  const boot = { data: LUA, tags: tags({ 'On-Boot': 'Data', ...named }) };
  const process = await spawn({ module: MODULE, scheduler: 'x'.repeat(43), signer, ...boot });
  await result({ process, message: process });
  return process;
}

export async function count({ message, result }, signer, process, By = '1') {
  const id = await message({ process, signer, tags: tags({ Action: 'Count', By }) });
  const { Messages } = await result({ process, message: id });
  return { id, data: Messages[0].Data };
}

/** What `call` rejects with. */
export async function refusal(call) {
  try {
    return { succeeded: await call() };
  } catch ({ name, message }) {
    return { name, message };
  }
}

/** Makes the fetch before aoconnect is imported: it keeps the one that it finds. */
export async function importAoconnect() {
  return import('/aoconnect/browser.js');
}

globalThis.kit = {
  count, createFetch, importAoconnect, LEGACYNET, LOCALNET, MODULE, openUnit, refusal, spawnCounter, tags, wallet,
};
