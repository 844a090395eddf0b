// The same wallets, with the real aoconnect on a unit behind a fetch, and with ao-unit.

import * as aoconnect from '/aoconnect/browser.js';
import { createFetch, LEGACYNET } from '/pkg/fetch.js';
import * as aoUnit from '/pkg/index.js';
import { openUnit } from '/pkg/unit.js';
import { signers, wallets } from '/wallet/wallets.js';
import { attempt, comparable } from '/drop-in/attempt.mjs';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
const tags = (named) => Object.entries(named).map(([name, value]) => ({ name, value }));

const storages = { real: 'memory://real', ours: 'memory://ours' };
const units = { real: await openUnit({ storage: storages.real }), ours: await openUnit({ storage: storages.ours }) };
const libraries = {
  real: { ...aoconnect, ...aoconnect.connect({ fetch: createFetch(units.real, LEGACYNET) }) },
  ours: { ...aoUnit, ...aoUnit.connect({ storage: storages.ours }) },
};

const source = 'Handlers.add("Who", function(msg) print(msg.From .. " says " .. msg.Data) end)';
const deployed = async (unit) => unit.deploy({ source });
const processes = { real: await deployed(units.real), ours: await deployed(units.ours) };

/** How a signer comes about. */
const sources = {
  ...Object.fromEntries(
    Object.entries(wallets).map(([name, wallet]) => [name, (ao, options) => ao.createDataItemSigner(wallet(options))]),
  ),
  first: () => signers.first,
  second: () => signers.second(),
  jwk: (ao, { jwk }) => ao.createDataItemSigner(jwk),
};

export const names = Object.keys(sources);

/** What comes of a message that the wallet `name` signs, or does not, with both. */
export async function compare(name, options = {}) {
  const outcome = {};
  for (const [which, ao] of Object.entries(libraries)) {
    const process = processes[which];
    outcome[which] = await attempt(async () => {
      const signer = await sources[name](ao, options);
      const message = await ao.message({ process, signer, tags: tags({ Action: 'Who' }), data: 'hello' });
      return ao.result({ process, message });
    });
  }
  const { real, ours } = outcome;
  return { real: comparable(real), ours: comparable(ours), error: ours.error && { ...ours.error, ours: { ...ours.error.ours } } };
}

/** A process is spawned by both, as `name`. */
export async function spawn(name, options = {}) {
  const outcome = {};
  for (const [which, ao] of Object.entries(libraries)) {
    outcome[which] = await attempt(async () => {
      const signer = await sources[name](ao, options);
      const process = await ao.spawn({ module: MODULE, scheduler: processes[which], signer, tags: tags({ 'On-Boot': 'Data' }), data: source });
      return ao.result({ process, message: process });
    });
  }
  return { real: comparable(outcome.real), ours: comparable(outcome.ours), error: outcome.ours.error };
}
