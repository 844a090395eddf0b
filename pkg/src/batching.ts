import { errorToWire, type Port } from './protocol.js';

interface Posted {
  message: unknown;
  transfer: Transferable[];
}

type Listener = (event: MessageEvent) => void;

/**
 * The same port, on which what is posted in one go crosses as one message: each costs both ends far more than what it
 * says. The other end must be batched, too. What cannot cross is answered from here with an error.
 */
export function batched(port: Port): Port {
  const listeners: Listener[] = [];
  const hear = (data: unknown) => {
    for (const listener of listeners) listener({ data } as MessageEvent);
  };
  let posted: Posted[] = [];

  function flush(): void {
    const batch = posted;
    posted = [];
    try {
      post(batch);
    } catch {
      for (const one of batch) postAlone(one);
    }
  }

  function postAlone(one: Posted): void {
    try {
      post([one]);
    } catch (thrown) {
      const { id } = one.message as { id?: number };
      if (id !== undefined) hear({ id, error: errorToWire(thrown) });
    }
  }

  function post(batch: Posted[]): void {
    const transfer = batch.flatMap((one) => one.transfer);
    port.postMessage(
      batch.map(({ message }) => message),
      transfer,
    );
  }

  port.addEventListener('message', ({ data }: MessageEvent<unknown[]>) => data.forEach(hear));
  return {
    postMessage(message, transfer) {
      if (posted.push({ message, transfer }) === 1) queueMicrotask(flush);
    },
    addEventListener(_type, listener) {
      listeners.push(listener);
    },
  };
}
