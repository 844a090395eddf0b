import { linter, type Diagnostic } from '@codemirror/lint';
import { StateEffect, StateField, type EditorState, type Text } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import { beyondLua53 } from '../lua/dialect.ts';
import { lineNow, type Problem } from '../workspace/place.ts';

/** A problem that is at its line still: it moves with what is written in front of it, and goes when its line changes. */
interface Mark {
  readonly from: number;
  readonly to: number;
  readonly problem: Problem;
}

const put = StateEffect.define<readonly Problem[]>();

/** Says which problems the file has, in the place of those that were known. */
export function putProblems(problems: readonly Problem[]): StateEffect<readonly Problem[]> {
  return put.of(problems);
}

const marks = StateField.define<readonly Mark[]>({
  create: () => [],
  update(before, transaction) {
    let now = before;
    if (transaction.docChanged) {
      now = before.flatMap(({ from, to, problem }) => {
        const moved = { from: transaction.changes.mapPos(from, -1), to: transaction.changes.mapPos(to, 1), problem };
        const isTouched = transaction.startState.sliceDoc(from, to) !== transaction.newDoc.sliceString(moved.from, moved.to);
        return isTouched ? [] : [moved];
      });
    }
    for (const effect of transaction.effects) if (effect.is(put)) now = placed(effect.value, transaction.newDoc);
    return now;
  },
  provide: (field) => EditorView.decorations.from(field, (now) => decorations(now)),
});

function placed(problems: readonly Problem[], doc: Text): Mark[] {
  if (problems.length === 0) return [];
  const text = doc.toString();
  return problems
    .flatMap((problem) => {
      const number = lineNow(problem, text);
      if (number === undefined) return [];
      const line = doc.line(number);
      return [{ from: line.from + (/^\s*/.exec(line.text)?.[0].length ?? 0), to: line.to, problem }];
    })
    .sort((one, other) => one.from - other.from);
}

/** The message below its line: nobody has to point at anything to read it. */
function decorations(now: readonly Mark[]): DecorationSet {
  return Decoration.set(
    now.map(({ to, problem }) => Decoration.widget({ widget: new Message(problem), side: 1, block: true }).range(to)),
    true,
  );
}

class Message extends WidgetType {
  constructor(readonly problem: Problem) {
    super();
  }

  override eq(other: Message): boolean {
    return other.problem.message === this.problem.message && other.problem.severity === this.problem.severity;
  }

  toDOM(): HTMLElement {
    const message = document.createElement('div');
    message.className = `cm-problem ${this.problem.severity === 'error' ? 'bad' : 'warn'}`;
    message.setAttribute('role', 'note');
    message.setAttribute('aria-label', `${this.problem.severity} in line ${this.problem.line}`);
    message.textContent = this.problem.message;
    return message;
  }
}

function diagnostics(state: EditorState): Diagnostic[] {
  const found: Diagnostic[] = state
    .field(marks)
    .map(({ from, to, problem }) => ({ from, to, severity: problem.severity, message: problem.message, source: 'run' }));
  for (const { from, to, message } of beyondLua53(state.doc.toString())) found.push({ from, to, severity: 'warning', message });
  return found;
}

/** So long after the last key the source is looked through, in milliseconds: no key waits for it. */
const REST_MS = 400;

/** Problems of runs, and what the network's Lua would not take, in the text. */
export const problemMarks = [
  marks,
  linter((view) => diagnostics(view.state), {
    delay: REST_MS,
    needsRefresh: ({ transactions }) => transactions.some(({ effects }) => effects.some((effect) => effect.is(put))),
  }),
];
