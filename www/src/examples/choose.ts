import { effect } from '@preact/signals';
import { shownPanel } from '../app/panels-shown.ts';
import type { Shared } from '../share/link.ts';
import { selected } from '../unit/processes.ts';
import { replaceAll } from '../workspace/files.ts';
import { running } from '../workspace/run.ts';
import { cast, castNames, staging } from '../workspace/stage.ts';
import { EXAMPLES, example, exampleId, received } from './examples.ts';

/** Puts an example into the editor; Run starts it anew. */
export function choose(id: string): void {
  const chosen = EXAMPLES.find((one) => one.id === id);
  if (!chosen) return;
  exampleId.value = id;
  received.value = null;
  begin(chosen);
}

/** Puts what came with a link into the editor. Nothing of it runs before the reader presses Run. */
export function receive(shared: Shared): void {
  exampleId.value = null;
  // Its files are in the editor, and are kept there.
  received.value = { ...shared, files: [] };
  begin(shared);
}

function begin({ files }: Shared): void {
  replaceAll(files);
  selected.value = null;
  // What is sent goes to processes that Run started from this code, and to no others.
  cast.value = {};
  running.value = { state: 'idle' };
  shownPanel.value = 'example';
}

// What Run starts is what the example asks for.
effect(() => {
  const chosen = example.value;
  if (chosen) staging.value = { title: chosen.title, cast: castNames(chosen.cast), tags: chosen.spawn };
});
