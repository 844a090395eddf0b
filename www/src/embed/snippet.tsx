import { signal, useSignal, useSignalEffect } from '@preact/signals';
import { messageOf } from '../app/message-of.ts';
import { Editor } from '../editor/editor.tsx';
import { receive } from '../examples/choose.ts';
import { ExamplePanel } from '../examples/example.tsx';
import { example } from '../examples/examples.ts';
import { fromFragment, isFragment, toFragment } from '../share/link.ts';
import { files } from '../workspace/files.ts';
import { RunButtons } from '../workspace/run-buttons.tsx';
import { RunStatus } from '../workspace/run-status.tsx';

const refusal = signal<string | undefined>(undefined);

/** Takes in the code that the address holds. */
export async function takeSnippet(): Promise<void> {
  const fragment = location.hash.slice(1);
  try {
    if (!isFragment(fragment)) throw new Error('the address of this snippet holds no code: make one with Share in the playground');
    receive(await fromFragment(fragment));
  } catch (error) {
    refusal.value = messageOf(error);
  }
}

/** A link that holds what is in the editor now. */
function OpenInPlayground() {
  const href = useSignal(`index.html${location.hash}`);
  useSignalEffect(() => {
    const from = example.value;
    if (!from) return;
    void toFragment({ ...from, files: files.value }).then((fragment) => (href.value = `index.html#${fragment}`));
  });
  return (
    <a href={href.value} target="_blank" rel="noopener">
      Open in the playground
    </a>
  );
}

/** A snippet in another page: code, Run, and what to send to it. */
export function Snippet() {
  return (
    <div class="snippet">
      <section class="code" aria-label="Code">
        <Editor />
        <div class="snippet-bar">
          <RunButtons />
          <OpenInPlayground />
        </div>
        <RunStatus />
      </section>
      <section class="views snippet-views" aria-label="Messages">
        {refusal.value === undefined ? <ExamplePanel /> : <p role="alert" class="bad">{refusal.value}</p>}
      </section>
    </div>
  );
}
