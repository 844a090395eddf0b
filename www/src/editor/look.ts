import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The colours are in `style/editor.css`, for light and dark. */
const highlight = HighlightStyle.define([
  { tag: tags.keyword, class: 'lua-keyword' },
  { tag: [tags.atom, tags.number], class: 'lua-number' },
  { tag: tags.string, class: 'lua-string' },
  { tag: tags.comment, class: 'lua-comment' },
  { tag: tags.standard(tags.variableName), class: 'lua-standard' },
  { tag: tags.definition(tags.variableName), class: 'lua-definition' },
  { tag: tags.propertyName, class: 'lua-property' },
  { tag: [tags.operator, tags.punctuation], class: 'lua-operator' },
]);

const frame = EditorView.theme({
  '&': { flex: '1', minHeight: '0', font: 'var(--code)', color: 'var(--ink)', backgroundColor: 'var(--card)' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { font: 'inherit', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { color: 'var(--quiet)', backgroundColor: 'var(--card)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--editor-line)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--editor-selection)',
  },
  '&.cm-focused .cm-matchingBracket': { color: 'inherit', backgroundColor: 'var(--editor-selection)' },
  '&.cm-focused .cm-nonmatchingBracket': { color: 'var(--bad)', backgroundColor: 'transparent' },
  '.cm-tooltip, .cm-panels': { color: 'var(--ink)', backgroundColor: 'var(--card)', border: '1px solid var(--control-line)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { font: 'var(--code)' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { color: 'var(--ink)', backgroundColor: 'var(--chosen)' },
  '.cm-completionDetail': { color: 'var(--quiet)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-searchMatch': { backgroundColor: 'var(--changed)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--editor-selection)' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
});

export const look = [frame, syntaxHighlighting(highlight)];
