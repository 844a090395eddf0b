import { Member } from './worker/member.js';
import type { Hosting } from './hosting.js';
import type { Port } from './protocol.js';

/** The unit in this thread, for where there are no workers: Node, and service workers. */
export function hostHere(): Hosting {
  const [page, unit] = connectedPorts();
  const member = new Member(unit);
  // A trap inside a future of the unit surfaces here, and at no request. Other rejections are this thread's own.
  const onRejection = ({ reason }: PromiseRejectionEvent) => {
    if (reason instanceof WebAssembly.RuntimeError) member.crash(reason);
  };
  // Node has no such event: there, it ends the program.
  globalThis.addEventListener?.('unhandledrejection', onRejection);
  return {
    port: page,
    onDeath() {
      // It dies with this thread.
    },
    terminate() {
      globalThis.removeEventListener?.('unhandledrejection', onRejection);
      void member.close();
    },
  };
}

/** Two ends of a channel within a thread: what is posted at one arrives at the other, later and as it is. */
function connectedPorts(): [Port, Port] {
  const listeners: ((event: MessageEvent) => void)[][] = [[], []];
  const end = (own: number): Port => ({
    postMessage(data) {
      // A microtask: nothing keeps a program from ending that has nothing else to do.
      queueMicrotask(() => listeners[1 - own]?.forEach((listener) => listener({ data } as MessageEvent)));
    },
    addEventListener: (_, listener) => listeners[own]?.push(listener),
  });
  return [end(0), end(1)];
}
