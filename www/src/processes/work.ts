import { signal } from '@preact/signals';
import { messageOf } from '../app/message-of.ts';

/** What is being done with processes, or what became of it. */
export interface Work {
  readonly state: 'working' | 'done' | 'failed';
  readonly says: string;
  /** Of what is under way: what is known of how long it takes. */
  readonly about?: string | undefined;
  /** Of what is under way: waits no longer. */
  readonly stop?: (() => void) | undefined;
}

export const work = signal<Work | undefined>(undefined);

/** What is said of work that may take long. */
export interface Long {
  /** How much there is to do, and what is known of how long it takes. */
  readonly about?: string;
  /** What becomes of it, if the reader waits no longer. Without it, what `run` rejects with is said. */
  readonly stopped?: string;
}

/**
 * Does something that may take long, and says so meanwhile; answers whether it is done.
 *
 * @param run - is given a signal that is aborted when the reader waits no longer.
 */
export async function doing(what: string, run: (signal: AbortSignal) => Promise<string>, { about, stopped }: Long = {}): Promise<boolean> {
  const controller = new AbortController();
  const now: Work = { state: 'working', says: `${what}…`, about, stop: () => controller.abort() };
  work.value = now;
  const tell = (next: Work) => {
    // Something else may have begun since.
    if (work.value === now) work.value = next;
  };
  try {
    tell({ state: 'done', says: await run(controller.signal) });
    return true;
  } catch (error) {
    const isStopped = controller.signal.aborted && stopped !== undefined;
    tell(isStopped ? { state: 'done', says: stopped } : { state: 'failed', says: `${what}: ${messageOf(error)}` });
    return false;
  }
}

/** What `task` comes to; rejects when the signal is aborted, and the task goes on. */
export function unlessStopped<T>(signal: AbortSignal, task: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    task.then(resolve, reject);
  });
}
