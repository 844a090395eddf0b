import { session, open } from '../unit/session.ts';
import { messageOf } from './message-of.ts';

/** What a person must know of the unit: that it does not open, and what to do. */
export function SessionNotice() {
  const now = session.value;
  if (now.state !== 'failed') return null;
  return (
    <div role="alert" class="notice bad">
      <p>The unit of this page is not open. {messageOf(now.error)}</p>
      <button type="button" onClick={() => void open().catch(() => undefined)}>
        Open it again
      </button>
    </div>
  );
}
