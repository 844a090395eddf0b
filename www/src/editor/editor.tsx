import { useEffect, useRef } from 'preact/hooks';
import { CodeEditor } from './code-editor.ts';
import { FileTabs } from './file-tabs.tsx';
import { KEYS } from './keys.ts';

/** The files, and the one that is written. */
export function Editor() {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  useEffect(() => {
    if (!place.current) return;
    editor.current = new CodeEditor(place.current);
    return () => editor.current?.destroy();
  }, []);
  return (
    <>
      <FileTabs />
      <div ref={place} class="code-place" id="code-panel" role="tabpanel" aria-label="Code of the file" />
      <div class="editor-foot">
        <button type="button" class="small" aria-keyshortcuts="Shift+Alt+F" onClick={() => editor.current?.format()}>
          Format
        </button>
        <details class="keys">
          <summary>Keys</summary>
          <dl>
            {KEYS.map(([key, does]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </>
  );
}
