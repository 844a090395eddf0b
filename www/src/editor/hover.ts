import { closeCompletion } from '@codemirror/autocomplete';
import { StateEffect, StateField, type EditorState } from '@codemirror/state';
import { EditorView, hoverTooltip, showTooltip, type Tooltip } from '@codemirror/view';
import { entryOf, type Entry } from '../lua/reference.ts';
import { reference } from './reference.ts';

const asked = StateEffect.define<Tooltip | null>();

/** The help that a key asked for: until the cursor moves, or something is written. */
const atCursor = StateField.define<Tooltip | null>({
  create: () => null,
  update(before, { docChanged, selection, effects }) {
    const effect = effects.find((one) => one.is(asked));
    if (effect) return effect.value as Tooltip | null;
    return docChanged || selection ? null : before;
  },
  provide: (field) => showTooltip.from(field),
});

/** Help for what the pointer is at, and for what the cursor is at, from `docs/lua.md`. */
export const help = [hoverTooltip((view, at) => helpAt(view.state, at)?.tooltip ?? null), atCursor];

/** Shows help for what the cursor is at, and says it to who does not see it. */
export function showHelp(view: EditorView): boolean {
  closeCompletion(view);
  const found = helpAt(view.state, view.state.selection.main.head);
  const said = found ? `${found.entry.signature}: ${found.entry.text}` : 'There is no help for this.';
  view.dispatch({ effects: [asked.of(found?.tooltip ?? null), EditorView.announce.of(said)] });
  return true;
}

/** Takes the help away, if it is there. */
export function hideHelp(view: EditorView): boolean {
  if (!view.state.field(atCursor)) return false;
  view.dispatch({ effects: asked.of(null) });
  return true;
}

function helpAt(state: EditorState, at: number): { entry: Entry; tooltip: Tooltip } | undefined {
  const word = dottedNameAt(state, at);
  const entry = word && entryOf(reference, word.name);
  return word && entry && { entry, tooltip: { pos: word.from, end: word.to, above: true, create: () => ({ dom: helpOf(entry) }) } };
}

/** An entry of the reference, to be shown. */
export function helpOf({ signature, text }: Pick<Entry, 'signature' | 'text'>): HTMLElement {
  const help = document.createElement('div');
  help.className = 'cm-help';
  help.setAttribute('role', 'tooltip');
  const head = document.createElement('code');
  head.textContent = signature;
  const body = document.createElement('p');
  body.append(...spans(text));
  help.append(head, body);
  return help;
}

/** Code spans and bold are the only Markdown of the document's lines. */
function spans(markdown: string): Node[] {
  return markdown.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    const code = /^`(.*)`$/.exec(part)?.[1];
    const bold = /^\*\*(.*)\*\*$/.exec(part)?.[1];
    if (code === undefined && bold === undefined) return document.createTextNode(part);
    const element = document.createElement(code === undefined ? 'strong' : 'code');
    element.textContent = code ?? bold ?? '';
    return element;
  });
}

/** The name at a place, with the tables in front of it: of `Handlers.utils.reply` at `utils`, `Handlers.utils`. */
function dottedNameAt(state: EditorState, at: number): { name: string; from: number; to: number } | undefined {
  const line = state.doc.lineAt(at);
  for (const { 0: name, index } of line.text.matchAll(/[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g)) {
    const offset = at - line.from - index;
    if (offset < 0 || offset > name.length) continue;
    const end = name.indexOf('.', offset);
    const shown = end < 0 ? name : name.slice(0, end);
    return { name: shown, from: line.from + index, to: line.from + index + shown.length };
  }
  return undefined;
}
