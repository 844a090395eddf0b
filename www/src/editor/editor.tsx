import { activeFile, write } from '../workspace/files.ts';

/** TODO: CodeMirror. */
export function Editor() {
  const { name, text } = activeFile.value;
  return <textarea aria-label="Lua source" class="code-area" spellcheck={false} value={text} onInput={({ currentTarget }) => write(name, currentTarget.value)} />;
}
