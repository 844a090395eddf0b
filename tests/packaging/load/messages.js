// A spawn and messages, and what they keep the page's thread from.

import { connect, createDataItemSigner } from 'ao-unit';
import { pageWallet } from 'ao-unit/wallet';

const MODULE = 'ISShJH1ij-hPPt9St5UFFr_8Ys3Kj5cyg7zrMGt7H9s';
const SOURCE = `Handlers.add('Echo', function(msg) msg.reply({ Data = msg.Data }) end)`;

/**
 * Resolves to the durations of the tasks of more than 50 ms, in milliseconds, while a process answers
 * `count` messages one by one, and as many at once.
 */
export async function longTasksOf(count, storage) {
  const long = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries()));
  observer.observe({ type: 'longtask' });
  const { spawn, message, result } = connect({ storage });
  const signer = createDataItemSigner(await pageWallet());
  const process = await spawn({ module: MODULE, signer, tags: [{ name: 'On-Boot', value: 'Data' }], data: SOURCE });
  let answered = 0;
  const ask = async (index) => {
    const id = await message({ process, signer, tags: [{ name: 'Action', value: 'Echo' }], data: `${index}` });
    const { Messages } = await result({ process, message: id });
    answered += Number(Messages[0].Data === `${index}`);
  };
  for (let index = 0; index < count; index += 1) await ask(index);
  await Promise.all(Array.from({ length: count }, (_, index) => ask(index)));
  // Entries arrive in tasks of their own.
  await new Promise((resolve) => setTimeout(resolve, 100));
  long.push(...observer.takeRecords());
  observer.disconnect();
  return { answered, long: long.map(({ duration }) => duration) };
}
