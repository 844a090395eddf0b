// What happens in a unit's worker, decided by a seed: its time, its random numbers, and after which step it goes on no
// more.

import { chance } from './workload.mjs';

/** Where a worker that goes on no more says so, and waits for its end. */
export const STOP = '/faults/stop';

/** Put before the worker's script. `seed` decides its random numbers, `time` is where its clock begins. */
export const decided = (given) => `(${decide})(${chance}, ${JSON.stringify({ ...given, stopping: STOP })});\n`;

/**
 * Runs in the worker, before anything else there.
 *
 * A step is a request to write to the database, once it is made; the request to commit, before it is made; or the
 * completion of a transaction that wrote, before the unit hears of it.
 * By a message on the channel `faults`, steps are counted from 1 again, and it is said after which the worker stops and
 * a transaction is aborted; and how much will be asked, in parts of which length.
 */
function decide(chance, { seed, time, stopping }) {
  const [bytes, turns] = [chance(seed), chance(seed + 1)];
  let plan = {};
  let [steps, writes, aborted] = [0, 0, 0];
  let [heard, parts] = [[], []];

  crypto.getRandomValues = (array) => {
    const view = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    view.forEach((_, i) => (view[i] = bytes() * 256));
    return array;
  };
  // Time passes with the work.
  Date.now = () => time + 5 * writes;

  const channel = new BroadcastChannel('faults');
  channel.onmessage = ({ data }) => {
    if (data.plan) [plan, steps, aborted] = [data.plan, 0, 0];
    if (data.plan || data.isAsking) channel.postMessage({ steps, aborted });
  };

  function step(kind) {
    steps += 1;
    if (!(steps >= plan.stop) || kind !== (plan.at ?? kind)) return;
    // It does not return: the worker is where it is until it is ended.
    const request = new XMLHttpRequest();
    request.open('GET', `${stopping}?${new URLSearchParams({ steps, kind, aborted })}`, false);
    request.send();
  }

  function abortIfPlanned(transaction) {
    if (!(steps + 1 >= plan.abort)) return;
    plan.abort = undefined;
    aborted += 1;
    transaction.abort();
  }

  for (const verb of ['put', 'add', 'delete']) {
    const original = IDBObjectStore.prototype[verb];
    IDBObjectStore.prototype[verb] = function (...given) {
      const request = original.apply(this, given);
      writes += 1;
      abortIfPlanned(this.transaction);
      step('write');
      return request;
    };
  }
  const { commit } = IDBTransaction.prototype;
  IDBTransaction.prototype.commit = function () {
    abortIfPlanned(this);
    step('commit');
    commit.call(this);
  };

  // All that a round asks has come before the unit hears the first part of it. It hears the next whenever a transaction
  // has ended; so each part has something to write.
  const { addEventListener } = self;
  self.addEventListener = (type, listener) => {
    if (type !== 'message') return addEventListener.call(self, type, listener);
    addEventListener.call(self, type, (event) => {
      if (!plan.asked) return listener(event);
      heard.push(...event.data);
      if (heard.length < plan.asked) return;
      plan.asked = 0;
      parts = inParts(heard.splice(0)).map((data) => () => listener({ data }));
      parts.shift()();
    });
  };

  function inParts(requests) {
    const made = [[]];
    for (const request of requests) {
      const last = made.at(-1);
      const isWhole = last.length >= plan.part && last.some(({ method }) => method === 'accept');
      if (isWhole && request.method === 'accept') made.push([request]);
      else last.push(request);
    }
    return made;
  }

  // While a transaction is under way the unit evaluates, and looks after each turn of the event loop whether it has
  // ended. How many turns that are is the seed's to say: more wait for the end, and the end for so many.
  let isUnderWay = false;
  let [allowed, flying] = [0, 0];
  let waiting = [];
  let end;
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...given) {
    const made = transaction.apply(this, given);
    if (made.mode !== 'readwrite') return made;
    [isUnderWay, allowed] = [true, Math.floor(turns() * 4)];
    const tell = (event) => {
      if (!event.isTrusted) return;
      event.stopImmediatePropagation();
      end = () => {
        [isUnderWay, end] = [false, undefined];
        if (event.type === 'complete') step('completion');
        made.dispatchEvent(new Event(event.type));
        parts.shift()?.();
        for (const post of waiting.splice(0)) post();
      };
      if (flying === 0) end();
    };
    made.addEventListener('complete', tell);
    made.addEventListener('abort', tell);
    return made;
  };

  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (...given) {
    const posting = () => post.apply(this, given);
    if (!isUnderWay) return posting();
    if (allowed === 0) return void waiting.push(posting);
    [allowed, flying] = [allowed - 1, flying + 1];
    posting();
  };
  const after = new MessageChannel();
  after.port1.onmessage = () => {
    flying -= 1;
    if (flying === 0) end?.();
  };
  const { set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', {
    set(listener) {
      set.call(this, (event) => {
        listener(event);
        // What the unit does of it is done before the next message.
        if (flying > 0) post.call(after.port2, null);
      });
    },
  });
}
