import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { MAIN, active, activeName, fileNames, files, remove, rename, write } from '../workspace/files.ts';
import { problems, reveal } from '../workspace/problems.ts';
import { nameProblem } from '../workspace/source-file.ts';

/** What is asked for a name: a new file, or the one that is shown. */
type Asking = { readonly for: 'add' | 'rename'; readonly error?: string | undefined } | null;

/** The files as tabs, and what can be done with them. */
export function FileTabs() {
  const names = fileNames.value.split('\n');
  const shown = activeName.value;
  const faulty = new Set(problems.value.map(({ file }) => file));
  const asking = useSignal<Asking>(null);
  const removing = useSignal(false);
  const show = (name: string) => {
    asking.value = null;
    removing.value = false;
    active.value = name;
  };
  const move = (event: KeyboardEvent) => {
    const at = names.indexOf(shown);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
    const next = to === undefined ? undefined : names[(to + names.length) % names.length];
    if (next === undefined) return;
    event.preventDefault();
    show(next);
    document.getElementById(`file-${next}`)?.focus();
  };
  /** The question is gone then: the focus is at the tab that is shown. */
  const back = (answered: () => void) => {
    answered();
    removing.value = false;
    document.getElementById(`file-${activeName.peek()}`)?.focus();
  };
  const named = (name: string) => {
    const error = nameProblem(name, files.peek());
    if (error) {
      asking.value = { for: asking.value?.for ?? 'add', error };
      return;
    }
    if (asking.value?.for === 'rename') rename(shown, name);
    else write(name, 'local M = {}\n\nreturn M\n');
    asking.value = null;
    // What comes next is to write it.
    reveal(name, 1);
  };
  return (
    <div class="files">
      <div role="tablist" aria-label="Files" class="tablist" onKeyDown={move}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`file-${name}`}
            aria-selected={name === shown}
            aria-controls="code-panel"
            tabIndex={name === shown ? 0 : -1}
            onClick={() => show(name)}
          >
            {name}
            {faulty.has(name) && (
              <span class="bad">
                <span aria-hidden="true"> ●</span>
                <span class="hidden">, has a problem</span>
              </span>
            )}
          </button>
        ))}
      </div>
      <div class="files-tools">
        <button type="button" class="small" onClick={() => (asking.value = { for: 'add' })}>
          Add a file
        </button>
        {shown !== MAIN && (
          <>
            <button type="button" class="small" onClick={() => (asking.value = { for: 'rename' })}>
              Rename
            </button>
            <button type="button" class="small" onClick={() => (removing.value = true)}>
              Delete
            </button>
          </>
        )}
      </div>
      {removing.value && shown !== MAIN && (
        <DeleteQuestion name={shown} onDelete={() => back(() => remove(shown))} onKeep={() => back(() => undefined)} />
      )}
      {asking.value && (
        <NameForm
          key={asking.value.for}
          label={asking.value.for === 'add' ? 'Name of the new file' : `New name of ${shown}`}
          initial={asking.value.for === 'add' ? '' : shown}
          error={asking.value.error}
          onName={named}
          onCancel={() => back(() => (asking.value = null))}
        />
      )}
    </div>
  );
}

interface DeleteQuestionProps {
  readonly name: string;
  readonly onDelete: () => void;
  readonly onKeep: () => void;
}

/** A file that is gone is gone: its history goes with it. */
function DeleteQuestion({ name, onDelete, onKeep }: DeleteQuestionProps) {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div class="files-ask" role="group" aria-label={`Delete ${name}`} onKeyDown={({ key }) => key === 'Escape' && onKeep()}>
      <span>{`Delete ${name}?`}</span>
      <button type="button" class="small" onClick={onDelete}>
        Delete the file
      </button>
      <button type="button" class="small" ref={keep} onClick={onKeep}>
        Keep it
      </button>
    </div>
  );
}

interface NameFormProps {
  readonly label: string;
  readonly initial: string;
  readonly error: string | undefined;
  readonly onName: (name: string) => void;
  readonly onCancel: () => void;
}

function NameForm({ label, initial, error, onName, onCancel }: NameFormProps) {
  const name = useSignal(initial);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    const given = name.value.trim();
    onName(given.endsWith('.lua') || given === '' ? given : `${given}.lua`);
  };
  return (
    <form class="files-ask" onSubmit={submit} onKeyDown={({ key }) => key === 'Escape' && onCancel()}>
      <label class="field">
        <span>{label}</span>
        <input
          value={name.value}
          placeholder="list.lua"
          spellcheck={false}
          autocapitalize="off"
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : 'file-name-error'}
          ref={input}
          onInput={({ currentTarget }) => (name.value = currentTarget.value)}
        />
      </label>
      <button type="submit" class="small">
        OK
      </button>
      <button type="button" class="small" onClick={onCancel}>
        Cancel
      </button>
      {error !== undefined && (
        <p id="file-name-error" role="alert" class="bad">
          {error}
        </p>
      )}
    </form>
  );
}
