import { open, session } from '../unit/session.ts';
import { adviceOn } from './advice.ts';
import { messageOf } from './message-of.ts';
import { over, troubles } from './troubles.ts';

/** What a person must know of the unit: that it does not open, or what went wrong in it or in what the page keeps; and what to do. */
export function SessionNotice() {
  const now = session.value;
  return (
    <>
      {now.state === 'failed' && (
        <div role="alert" class="notice bad">
          <p>
            The unit of this page is not open. {messageOf(now.error)} {adviceOn(codeOf(now.error))}
          </p>
          <button type="button" onClick={() => void open().catch(() => undefined)}>
            Open it again
          </button>
        </div>
      )}
      {[...troubles.value].map(([code, message]) => (
        <div key={code} role="alert" class="notice warn">
          <p>
            {code}: {message} {adviceOn(code)}
          </p>
          <button type="button" onClick={() => over(code)}>
            Close
          </button>
        </div>
      ))}
    </>
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
