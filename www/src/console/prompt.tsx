import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RefObject } from 'preact';
import { kept } from '../app/kept.ts';
import { isIncomplete } from '../lua/chunk.ts';
import { command, editing, isCommand } from './commands.ts';
import { evaluate, inTurn, prompt } from './evaluation.ts';
import { show } from './transcript.ts';
import { FRESH, recalled, remembered } from './typed.ts';

/** What was typed before: a reload has it again. */
const history = kept<readonly string[]>('console-history', [], {});

/** What is being written: another view may be shown meanwhile. */
const text = signal('');

let at = FRESH;

/** Where Lua and commands are typed. */
export function Prompt({ input }: { input: RefObject<HTMLTextAreaElement | null> }) {
  useEffect(() => {
    const area = input.current;
    if (area) area.style.height = `${fitted(area)}px`;
  }, [text.value]);
  const keyed = (event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }) => {
    if (event.isComposing) return;
    const area = event.currentTarget;
    const isHandled =
      (event.key === 'Enter' && entered(event, area)) ||
      (event.key === 'ArrowUp' && !area.value.slice(0, area.selectionStart).includes('\n') && move(area, 1)) ||
      (event.key === 'ArrowDown' && !area.value.slice(area.selectionEnd).includes('\n') && move(area, -1));
    if (isHandled) event.preventDefault();
  };
  return (
    <textarea
      ref={input}
      class="console-typed"
      aria-label="Lua for the process"
      aria-description="Enter evaluates, Shift-Enter begins a new line, the arrows recall what was typed before."
      rows={1}
      spellcheck={false}
      autocapitalize="off"
      autocomplete="off"
      value={text.value}
      onInput={({ currentTarget }) => (text.value = currentTarget.value)}
      onKeyDown={keyed}
    />
  );
}

/** Whether Enter was more than a new line. */
function entered({ shiftKey, ctrlKey, metaKey }: KeyboardEvent, area: HTMLTextAreaElement): boolean {
  const typed = area.value;
  const isForced = ctrlKey || metaKey;
  if (editing.peek()) {
    const lastLine = typed.split('\n').at(-1)?.trim();
    if (lastLine !== '.done' && lastLine !== '.cancel' && !isForced) return false;
    editing.value = false;
    text.value = '';
    const written = lastLine === '.done' || lastLine === '.cancel' ? typed.slice(0, typed.lastIndexOf(lastLine)) : typed;
    if (lastLine === '.cancel') show({ kind: 'note', text: 'Dropped.' });
    else submit(written);
    return true;
  }
  if (shiftKey && !isForced) return false;
  // A line that is empty says that there is no more.
  if (!isForced && !isCommand(typed) && !typed.endsWith('\n') && isIncomplete(typed)) return false;
  text.value = '';
  submit(typed);
  return true;
}

function submit(typed: string): void {
  const given = typed.trim();
  at = FRESH;
  if (given === '') return;
  history.value = remembered(history.peek(), given);
  void inTurn(async () => {
    show({ kind: 'input', text: given, prompt: prompt.peek() });
    if (isCommand(given)) await command(given);
    else await evaluate(given);
  });
}

function move(area: HTMLTextAreaElement, step: 1 | -1): boolean {
  const found = recalled(history.peek(), at, step, area.value);
  if (!found) return false;
  at = found.at;
  text.value = found.text;
  // The cursor goes to the end, once the text is there.
  queueMicrotask(() => requestAnimationFrame(() => area.setSelectionRange(found.text.length, found.text.length)));
  return true;
}

function fitted(area: HTMLTextAreaElement): number {
  area.style.height = 'auto';
  return area.scrollHeight;
}
