import { hoverTooltip, type EditorView } from '@codemirror/view';
import { entryOf, type Entry } from '../lua/reference.ts';
import { reference } from './reference.ts';

/** Help for what the pointer is at, from `docs/lua.md`. */
export const hoverHelp = hoverTooltip((view, at) => {
  const word = dottedNameAt(view, at);
  const entry = word && entryOf(reference, word.name);
  if (!word || !entry) return null;
  return { pos: word.from, end: word.to, above: true, create: () => ({ dom: helpOf(entry) }) };
});

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
function dottedNameAt(view: EditorView, at: number): { name: string; from: number; to: number } | undefined {
  const line = view.state.doc.lineAt(at);
  for (const { 0: name, index } of line.text.matchAll(/[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g)) {
    const offset = at - line.from - index;
    if (offset < 0 || offset > name.length) continue;
    const end = name.indexOf('.', offset);
    const shown = end < 0 ? name : name.slice(0, end);
    return { name: shown, from: line.from + index, to: line.from + index + shown.length };
  }
  return undefined;
}
