import { signal } from '@preact/signals';
import { messageOf } from '../app/message-of.ts';
import { receive } from '../examples/choose.ts';
import { replaceAll, files, type SourceFile } from '../workspace/files.ts';
import { fromFragment, isFragment } from './link.ts';

type Arrival =
  | { readonly state: 'none' }
  /** `before` is what was in the editor. */
  | { readonly state: 'received'; readonly title: string; readonly before: readonly SourceFile[] }
  | { readonly state: 'refused'; readonly error: unknown };

const arrival = signal<Arrival>({ state: 'none' });

/** Takes in what the address of the page holds, now and whenever it changes. */
export function listenToLinks(): void {
  addEventListener('hashchange', () => void take());
  void take();
}

async function take(): Promise<void> {
  const fragment = location.hash.slice(1);
  if (!isFragment(fragment)) return;
  // What is edited from here on is no longer what the address says.
  history.replaceState(null, '', location.pathname + location.search);
  try {
    const shared = await fromFragment(fragment);
    arrival.value = { state: 'received', title: shared.title, before: files.value };
    receive(shared);
  } catch (error) {
    arrival.value = { state: 'refused', error };
  }
}

/** Says that code came with a link, and how to have one's own back. */
export function Received() {
  const now = arrival.value;
  const done = () => (arrival.value = { state: 'none' });
  if (now.state === 'none') return null;
  if (now.state === 'refused') {
    return (
      <div role="alert" class="notice bad">
        <p>{messageOf(now.error)}</p>
        <button type="button" onClick={done}>
          Close
        </button>
      </div>
    );
  }
  return (
    <div role="status" class="notice">
      <p>
        {now.title ? `“${now.title}”` : 'The code'} came with a link. Read it before you press Run: it is a stranger’s.
      </p>
      <button
        type="button"
        onClick={() => {
          replaceAll(now.before);
          done();
        }}
      >
        Bring back my code
      </button>
      <button type="button" onClick={done}>
        Keep it
      </button>
    </div>
  );
}
