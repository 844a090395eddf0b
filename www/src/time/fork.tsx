import { useSignal } from '@preact/signals';
import { messageOf } from '../app/message-of.ts';
import { nameOf, refresh, selected } from '../unit/processes.ts';
import { open } from '../unit/session.ts';
import type { Moment } from './moments.ts';

/** Continues from a message: another process, which is selected then. The one that it is of stays as it is. */
export function Fork({ process, at }: { process: string; at: Moment }) {
  const state = useSignal<'idle' | 'forking' | { readonly done: string } | { readonly error: unknown }>('idle');
  const fork = async () => {
    state.value = 'forking';
    try {
      const unit = await open();
      const id = await unit.fork(process, { nonce: at.nonce });
      await refresh(unit);
      state.value = { done: `${nameOf(id)} continues from ${at.name}, and is selected now. ${nameOf(process)} stays as it was.` };
      selected.value = id;
    } catch (error) {
      state.value = { error };
    }
  };
  const now = state.value;
  return (
    <div class="fork">
      <button type="button" disabled={now === 'forking'} onClick={() => void fork()}>
        Continue from here
      </button>
      <p role="status" aria-label="Continue from here">
        {now === 'forking' && 'Making another process…'}
        {typeof now === 'object' && 'done' in now && now.done}
        {typeof now === 'object' && 'error' in now && <span class="bad">{messageOf(now.error)}</span>}
      </p>
    </div>
  );
}
