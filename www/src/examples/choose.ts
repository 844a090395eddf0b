import { effect } from '@preact/signals';
import { shownPanel } from '../app/panels-shown.ts';
import { selected } from '../unit/processes.ts';
import { MAIN, replaceAll } from '../workspace/files.ts';
import { running } from '../workspace/run.ts';
import { staging } from '../workspace/stage.ts';
import { EXAMPLES, example, exampleId } from './examples.ts';

/** Puts an example into the editor; Run starts it anew. */
export function choose(id: string): void {
  const chosen = EXAMPLES.find((one) => one.id === id);
  if (!chosen) return;
  exampleId.value = id;
  replaceAll([{ name: MAIN, text: chosen.source }]);
  selected.value = null;
  running.value = { state: 'idle' };
  shownPanel.value = 'example';
}

// What Run starts is what the example asks for.
effect(() => {
  const chosen = example.value;
  if (chosen) staging.value = { title: chosen.title, cast: chosen.cast, tags: chosen.spawn };
});
