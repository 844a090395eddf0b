import { completionKeymap, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, historyKeymap, indentWithTab } from '@codemirror/commands';
import { lintKeymap } from '@codemirror/lint';
import { searchKeymap } from '@codemirror/search';
import { keymap, type EditorView } from '@codemirror/view';
import { format } from '../lua/format.ts';
import { hideHelp, showHelp } from './hover.ts';
import { runAgain } from '../workspace/run.ts';

/** What the help lists: the keys that are not every editor's. */
export const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['Ctrl-Enter', 'runs (Cmd-Enter on a Mac)'],
  ['Ctrl-Space', 'completes the name at the cursor'],
  ['F1', 'explains the name at the cursor; so does pointing at it'],
  ['F8', 'goes to the next problem'],
  ['Shift-Alt-F', 'formats'],
  ['Ctrl-/', 'turns the line into a comment, or back'],
  ['Ctrl-F', 'searches'],
  ['Tab', 'indents. Escape, then Tab: leaves the editor'],
];

/** Formats the file; the cursor stays at its token, and one undo takes it back. */
export function formatFile(view: EditorView): boolean {
  const before = view.state.doc.toString();
  const after = format(before);
  if (after === before) return true;
  view.dispatch({ changes: differences(before, after), userEvent: 'input.format' });
  return true;
}

/** Only white space differs, so the texts can be walked through side by side. */
function differences(before: string, after: string): { from: number; to: number; insert: string }[] {
  const changes: { from: number; to: number; insert: string }[] = [];
  const space = /[ \t\v\f\r\n]*/y;
  let one = 0;
  let other = 0;
  while (one < before.length || other < after.length) {
    if (before[one] === after[other] && !/\s/.test(before[one] ?? ' ')) {
      one += 1;
      other += 1;
      continue;
    }
    space.lastIndex = one;
    const from = space.exec(before)?.[0] ?? '';
    space.lastIndex = other;
    const to = space.exec(after)?.[0] ?? '';
    if (from === '' && to === '') return [{ from: 0, to: before.length, insert: after }];
    if (from !== to) changes.push({ from: one, to: one + from.length, insert: to });
    one += from.length;
    other += to.length;
  }
  return changes;
}

const runs = () => {
  void runAgain();
  return true;
};

export const keys = keymap.of([
  { key: 'Mod-Enter', run: runs, preventDefault: true },
  { key: 'Ctrl-Enter', run: runs, preventDefault: true },
  { key: 'F1', run: showHelp, preventDefault: true },
  { key: 'Escape', run: hideHelp },
  { key: 'Shift-Alt-f', run: formatFile, preventDefault: true },
  ...closeBracketsKeymap,
  ...completionKeymap,
  ...lintKeymap,
  ...searchKeymap,
  ...historyKeymap,
  indentWithTab,
  ...defaultKeymap,
]);
