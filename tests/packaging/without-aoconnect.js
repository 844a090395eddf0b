// An app that may go to the network, and has not installed what speaks to it.

import { connect } from 'ao-unit/remote';
import { greeting } from './greeting.js';

const process = 'p'.repeat(43);

/** What a call to the network comes to. */
async function refusal(MODE) {
  const { result, dryrun } = connect({ MODE });
  const calls = [result({ process, message: process }), dryrun({ process }), result({ process, message: process })];
  const codes = await Promise.all(calls.map((call) => call.then(JSON.stringify, ({ name, code }) => `${name} ${code}`)));
  return `${MODE}: ${[...new Set(codes)].join(' and ')}`;
}

const shown = [await greeting(connect()), await refusal('legacy'), await refusal('mainnet')].join(', ');
document.querySelector('output').textContent = shown;
