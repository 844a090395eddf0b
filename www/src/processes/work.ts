import { signal } from '@preact/signals';
import { messageOf } from '../app/message-of.ts';

/** What is being done with processes, or what became of it. */
export interface Work {
  readonly state: 'working' | 'done' | 'failed';
  readonly says: string;
}

export const work = signal<Work | undefined>(undefined);

/** Does something that may take long, and says so meanwhile; answers whether it is done. */
export async function doing(what: string, run: () => Promise<string>): Promise<boolean> {
  work.value = { state: 'working', says: `${what}…` };
  try {
    work.value = { state: 'done', says: await run() };
    return true;
  } catch (error) {
    work.value = { state: 'failed', says: `${what}: ${messageOf(error)}` };
    return false;
  }
}
