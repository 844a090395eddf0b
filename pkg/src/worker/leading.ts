import { answered, post } from '../serve.js';
import { admitted } from './admission.js';
import { ONCE } from './requests.js';
import { Session } from './session.js';
import type { Begun } from './names.js';
import type { Host } from './host.js';
import type { Upstream } from './member.js';
import type { Port, Reply, Request } from '../protocol.js';

/** The unit of this thread answers. */
export class Leading implements Upstream {
  readonly #host: Host;
  readonly #session: Session;
  readonly #told: (reply: Reply) => void;

  constructor(host: Host, told: (reply: Reply) => void) {
    this.#host = host;
    this.#told = told;
    this.#session = new Session(host, told);
  }

  ask(request: Request): void {
    void answered(this.#session, request).then(this.#told);
  }

  async end(): Promise<void> {
    this.#session.end();
    await this.#host.close();
  }
}

/** A page elsewhere that the unit of this thread answers, over `port`. */
export class Guest {
  readonly #session: Session;
  readonly #port: Port;
  /** What was begun of what must not be done twice. */
  readonly #begun = new Set<number>();

  /** @param onCrash - called when nothing here is to be trusted any more. */
  constructor(host: Host, port: Port, onCrash: (reply: Reply) => void) {
    this.#session = new Session(host, (reply) => post(port, reply));
    this.#port = port;
    port.addEventListener('message', async ({ data }: MessageEvent<unknown>) => {
      const admission = admitted(data);
      if (!admission) return;
      if ('refusal' in admission) return post(port, admission.refusal);
      const { request } = admission;
      if (!this.#begins(request)) return;
      const reply = await answered(this.#session, request);
      if ('crashed' in reply) {
        // Whoever leads next is not asked for what ended this one.
        post(port, { id: request.id, error: { ...reply.crashed, code: 'CRASHED' } });
        onCrash(reply);
      } else post(port, reply);
    });
  }

  end(): void {
    this.#session.end();
  }

  /** Says that this is begun, if it must not be done twice. Whoever comes to know its leader asks again at once. */
  #begins({ id, method }: Request): boolean {
    if (!ONCE.has(method)) return true;
    if (this.#begun.has(id)) return false;
    this.#begun.add(id);
    this.#port.postMessage({ begun: id } satisfies Begun, []);
    return true;
  }
}
