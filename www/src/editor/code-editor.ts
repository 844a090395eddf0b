import { autocompletion, closeBrackets } from '@codemirror/autocomplete';
import { history } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
import { highlightSelectionMatches, search } from '@codemirror/search';
import { EditorState, Prec, Transaction, type Extension } from '@codemirror/state';
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, lineNumbers } from '@codemirror/view';
import { effect } from '@preact/signals';
import { active, activeFile, files, write } from '../workspace/files.ts';
import { problems, revealed } from '../workspace/problems.ts';
import { completeLua } from './completion.ts';
import { help } from './hover.ts';
import { formatFile, keys } from './keys.ts';
import { look } from './look.ts';
import { lua } from './lua-language.ts';
import { problemMarks, putProblems } from './marks.ts';

/** CodeMirror with the files of the workspace: each has its own cursor and its own history. */
export class CodeEditor {
  readonly #view: EditorView;
  /** Those that are not shown. */
  readonly #states = new Map<string, EditorState>();
  readonly #ends: (() => void)[];
  #shown: string;

  constructor(parent: HTMLElement) {
    const { name, text } = activeFile.peek();
    this.#shown = name;
    this.#view = new EditorView({ parent, state: this.#stateOf(text) });
    this.#ends = [
      effect(() => this.#show(activeFile.value.name, activeFile.value.text)),
      effect(() => this.#mark()),
      effect(() => this.#reveal()),
    ];
  }

  format(): void {
    formatFile(this.#view);
    this.#view.focus();
  }

  destroy(): void {
    for (const end of this.#ends) end();
    this.#view.destroy();
  }

  /** Another file, or another text of this one: an example was chosen, or a link opened. */
  #show(name: string, text: string): void {
    const isRenamed = !files.peek().some((file) => file.name === this.#shown) && this.#view.state.doc.toString() === text;
    if (isRenamed) this.#shown = name;
    if (name !== this.#shown) {
      this.#states.set(this.#shown, this.#view.state);
      const known = this.#states.get(name);
      this.#shown = name;
      this.#view.setState(known?.doc.toString() === text ? known : this.#stateOf(text));
      this.#mark();
    } else if (this.#view.state.doc.toString() !== text) {
      this.#view.dispatch({
        changes: { from: 0, to: this.#view.state.doc.length, insert: text },
        annotations: Transaction.addToHistory.of(true),
      });
    }
    for (const other of this.#states.keys()) {
      if (!files.peek().some((file) => file.name === other)) this.#states.delete(other);
    }
  }

  #mark(): void {
    const own = problems.value.filter(({ file }) => file === this.#shown);
    this.#view.dispatch({ effects: putProblems(own) });
  }

  #reveal(): void {
    const place = revealed.value;
    if (!place) return;
    active.value = place.file;
    // The file is shown by an effect of its own.
    queueMicrotask(() => {
      const { doc } = this.#view.state;
      const line = doc.line(Math.min(Math.max(1, place.line), doc.lines));
      this.#view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: 'center' }) });
      this.#view.focus();
    });
  }

  #stateOf(text: string): EditorState {
    return EditorState.create({ doc: text, extensions: [this.#writes(), EXTENSIONS] });
  }

  /** What is typed is in the workspace. */
  #writes(): Extension {
    return EditorView.updateListener.of(({ docChanged, state }) => {
      if (!docChanged) return;
      const text = state.doc.toString();
      if (files.peek().find(({ name }) => name === this.#shown)?.text !== text) write(this.#shown, text);
    });
  }
}

const EXTENSIONS: Extension = [
  Prec.high(keys),
  lineNumbers(),
  lintGutter(),
  highlightActiveLineGutter(),
  highlightActiveLine(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  // The word that the policy of the page knows its style sheet by.
  EditorView.cspNonce.of('editor'),
  EditorState.allowMultipleSelections.of(true),
  indentOnInput(),
  indentUnit.of('  '),
  bracketMatching(),
  closeBrackets(),
  highlightSelectionMatches(),
  search({ top: true }),
  lua(),
  autocompletion({ override: [completeLua], activateOnTypingDelay: 100 }),
  help,
  problemMarks,
  look,
  EditorView.contentAttributes.of({
    'aria-label': 'Lua source',
    tabindex: '0',
    'aria-description': 'Tab indents. Escape, then Tab, leaves the editor.',
  }),
];
