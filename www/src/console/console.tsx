import { useEffect, useRef } from 'preact/hooks';
import type { VNode } from 'preact';
import { TerminalText } from '../app/terminal-text.tsx';
import { busy, dryRuns, prompt } from './evaluation.ts';
import { Prompt } from './prompt.tsx';
import { transcript, type Entry } from './transcript.ts';

/** A terminal with the selected process: what was typed, what it answered, and what its handlers print. */
export function ConsolePanel() {
  const input = useRef<HTMLTextAreaElement>(null);
  const focus = () => {
    // A text that is being selected is to be copied.
    if (getSelection()?.isCollapsed !== false) input.current?.focus();
  };
  return (
    <div class="console" onClick={focus}>
      <Transcript />
      <div class="console-line">
        <span class="console-prompt">
          {dryRuns.value && <span class="warn">dry-run </span>}
          <TerminalText text={prompt.value} />
        </span>
        <Prompt input={input} />
      </div>
      <p class="hidden" role="status" aria-label="Console">
        {busy.value ? 'Evaluating' : ''}
      </p>
    </div>
  );
}

/** How near to its end, in pixels, a text is followed as it grows. */
const NEAR = 40;

function Transcript() {
  const log = useRef<HTMLDivElement>(null);
  const isFollowed = useRef(true);
  const entries = transcript.value;
  const follow = () => {
    if (log.current && isFollowed.current) log.current.scrollTop = log.current.scrollHeight;
  };
  useEffect(follow, [entries]);
  useEffect(() => {
    const observer = new ResizeObserver(follow);
    if (log.current) observer.observe(log.current);
    return () => observer.disconnect();
  }, []);
  const scrolled = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: { currentTarget: HTMLElement }) => {
    isFollowed.current = scrollHeight - scrollTop - clientHeight < NEAR;
  };
  return (
    <div ref={log} role="log" aria-label="Console output" class="console-log" tabIndex={0} onScroll={scrolled}>
      {entries.length === 0 && <p class="quiet">Type Lua, and the process evaluates it. .help lists the commands.</p>}
      {entries.map(shownOnce)}
    </div>
  );
}

/** An entry does not change: it is made once, however many follow. */
const made = new WeakMap<Entry, VNode>();

function shownOnce(entry: Entry): VNode {
  const known = made.get(entry) ?? <Line key={entry.number} {...entry} />;
  made.set(entry, known);
  return known;
}

function Line({ kind, text, prompt: asked = '' }: Entry) {
  return (
    <pre class={`console-${kind}`}>
      {kind === 'input' && <TerminalText text={asked} />}
      <TerminalText text={text} />
    </pre>
  );
}
