// What every app here does: a process is spawned, messaged, and its answer shown.

import { connect, createDataItemSigner } from 'ao-unit';
import { pageWallet } from 'ao-unit/wallet';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
const SOURCE = `Handlers.add('Greet', function(msg) msg.reply({ Data = 'Hello, ' .. msg.Tags.Name }) end)`;

const tags = (named) => Object.entries(named).map(([name, value]) => ({ name, value }));

export async function greeting({ spawn, message, result } = connect()) {
  const signer = createDataItemSigner(await pageWallet());
  const process = await spawn({ module: MODULE, signer, tags: tags({ 'On-Boot': 'Data' }), data: SOURCE });
  const id = await message({ process, signer, tags: tags({ Action: 'Greet', Name: 'ao' }) });
  const { Messages } = await result({ process, message: id });
  return Messages[0].Data;
}

/** Shows it, or what went wrong, in the page's `<output>`. */
export async function showGreeting(connection) {
  document.querySelector('output').textContent = await greeting(connection).catch(String);
}
