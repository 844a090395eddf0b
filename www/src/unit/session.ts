import { computed, signal } from '@preact/signals';
import { openUnit, type Unit } from 'ao-unit/unit';
import { embedded } from '../app/embedded.ts';
import { over, trouble } from '../app/troubles.ts';

/** Where the playground keeps its processes. What a snippet in another page has is gone with that. */
export const STORAGE = embedded ? 'memory://ao-unit-snippet' : 'idb://ao-unit-playground';

/** How it stands with the unit of this page. */
export type Session =
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly unit: Unit }
  | { readonly state: 'failed'; readonly error: unknown };

/** The session, for what shows it. */
export const session = signal<Session>({ state: 'opening' });

/** The open unit, or nothing yet. */
export const unit = computed(() => (session.value.state === 'open' ? session.value.unit : undefined));

let opening: Promise<Unit> | undefined;

/** Opens the unit; answers the one that is open, if it is. A failure is shown by the session, and tried again at the next call. */
export function open(): Promise<Unit> {
  opening ??= begin();
  return opening;
}

async function begin(): Promise<Unit> {
  session.value = { state: 'opening' };
  try {
    const opened = await openUnit({ storage: STORAGE });
    opened.on('error', ({ code, message }) => trouble(code, message));
    session.value = { state: 'open', unit: opened };
    over('CRASHED');
    attend(opened);
    return opened;
  } catch (error) {
    lost(error);
    throw error;
  }
}

/** A worker that died answers nothing: so often it is asked for the time, in milliseconds. */
const PULSE_MS = 2000;

function attend(opened: Unit): void {
  const pulse = setInterval(() => {
    opened.clock().catch((error: unknown) => {
      clearInterval(pulse);
      if (unit.value === opened) lost(error);
    });
  }, PULSE_MS);
}

/** The unit is of no use any more: the next call opens it anew. */
function lost(error: unknown): void {
  opening = undefined;
  session.value = { state: 'failed', error };
}
