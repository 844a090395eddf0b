// A peer in a process of its own: what it does to its globals stays there, and it has an engine of its own.

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { memory64 } from './memory64.mjs';

/** Starts `peers/NAME.mjs`. `ask(verb, …)` resolves to what its function of that name answers. */
export function startPeer(name) {
  const script = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  const child = fork(script, { execArgv: memory64, silent: true });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  return {
    ask: (...question) =>
      new Promise((resolve, reject) => {
        const ended = (code) => reject(new Error(`the peer ${name} ended with ${code}: ${said.slice(-2000)}`));
        child.once('exit', ended);
        child.once('message', ({ answer, failure }) => {
          child.off('exit', ended);
          if (failure === undefined) resolve(answer);
          else reject(new Error(`the peer ${name}: ${failure}`));
        });
        child.send(question);
      }),
    stop: () => child.kill(),
  };
}

/** The peer's side: answers questions by the functions of `verbs`, one at a time. */
export function answer(verbs) {
  process.on('message', async ([verb, ...rest]) => {
    try {
      process.send({ answer: await verbs[verb](...rest) });
    } catch (reason) {
      process.send({ failure: String(reason?.stack ?? reason) });
    }
  });
}
