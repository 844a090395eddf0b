import { batch, signal } from '@preact/signals';
import { kept } from '../app/kept.ts';
import { messageOf } from '../app/message-of.ts';
import { receive } from '../examples/choose.ts';
import { exampleId, received } from '../examples/examples.ts';
import { selected } from '../unit/processes.ts';
import { files, replaceAll, type SourceFile } from '../workspace/files.ts';
import { fromFragment, isFragment } from './link.ts';

/** What the reader had before a link took its place. */
interface Before {
  readonly files: readonly SourceFile[];
  readonly exampleId: string | null;
  readonly selected: string | null;
}

/** It outlives a reload, until the reader says what becomes of it. */
const before = kept<Before | null>('before-link', null);

/** Why the last link was not taken in. */
const refusal = signal<string | undefined>(undefined);

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
    batch(() => {
      refusal.value = undefined;
      // A second link does not take the place of the reader's own code.
      if (!received.value) before.value = { files: files.value, exampleId: exampleId.value, selected: selected.value };
      receive(shared);
    });
  } catch (error) {
    refusal.value = messageOf(error);
  }
}

function bringBack({ files, exampleId: example, selected: process }: Before): void {
  batch(() => {
    replaceAll(files);
    exampleId.value = example;
    received.value = null;
    selected.value = process;
    before.value = null;
  });
}

/** Says that code came with a link, and how to have one's own back. */
export function Received() {
  const [mine, from] = [before.value, received.value];
  return (
    <>
      {refusal.value !== undefined && (
        <div role="alert" class="notice bad">
          <p>{refusal.value}</p>
          <button type="button" onClick={() => (refusal.value = undefined)}>
            Close
          </button>
        </div>
      )}
      {mine && from && (
        <div role="status" class="notice">
          <p>
            {from.title ? `“${from.title}”` : 'The code'} came with a link. Read it, and what it sends, before you press Run:
            somebody else wrote it.
          </p>
          <button type="button" onClick={() => bringBack(mine)}>
            Bring back my code
          </button>
          <button type="button" onClick={() => (before.value = null)}>
            Keep this code
          </button>
        </div>
      )}
    </>
  );
}
