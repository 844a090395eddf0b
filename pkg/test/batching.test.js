import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batched } from '../build/batching.js';

/** The two ends of a channel, and what crossed in each message from the first to the second. */
function ends(t) {
  const { port1, port2 } = new MessageChannel();
  t.after(() => port1.close());
  const crossed = [];
  port2.addEventListener('message', ({ data }) => crossed.push(data));
  for (const port of [port1, port2]) port.start();
  return { here: batched(port1), there: batched(port2), crossed };
}

function heard(port, count) {
  const messages = [];
  return new Promise((resolve) => {
    port.addEventListener('message', ({ data }) => {
      if (messages.push(data) === count) resolve(messages);
    });
  });
}

test('what is posted in one go crosses as one message, in its order', async (t) => {
  const { here, there, crossed } = ends(t);
  const messages = heard(there, 4);
  for (const id of [1, 2, 3]) here.postMessage({ id }, []);
  await Promise.resolve();
  here.postMessage({ id: 4 }, []);
  assert.deepEqual(await messages, [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
  assert.deepEqual(
    crossed.map(({ length }) => length),
    [3, 1],
  );
});

test('bytes change hands', async (t) => {
  const { here, there } = ends(t);
  const messages = heard(there, 2);
  const bytes = [new Uint8Array([1]), new Uint8Array([2])];
  for (const value of bytes) here.postMessage({ value }, [value.buffer]);
  assert.deepEqual(
    (await messages).map(({ value }) => [...value]),
    [[1], [2]],
  );
  assert.deepEqual(
    bytes.map(({ length }) => length),
    [0, 0],
  );
});

test('what cannot cross is answered with an error, and keeps nothing else from crossing', async (t) => {
  const { here, there } = ends(t);
  const [messages, answers] = [heard(there, 2), heard(here, 1)];
  here.postMessage({ id: 1 }, []);
  here.postMessage({ id: 2, args: [() => {}] }, []);
  here.postMessage({ id: 3 }, []);
  assert.deepEqual(await messages, [{ id: 1 }, { id: 3 }]);
  const [{ id, error }] = await answers;
  assert.equal(id, 2);
  assert.equal(error.code, 'INTERNAL');
  assert.match(error.message, /could not be cloned/);
});
