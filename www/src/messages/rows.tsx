import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { keyOf, type Entry } from '../unit/entry.ts';
import { whois } from '../unit/people.ts';
import { chosen } from './chosen.ts';
import { count, statusOf, timeOf } from './format.ts';
import { entries, scope } from './timeline.ts';

/** Rows above and below what is seen, so that a quick hand finds them there. */
const BEYOND = 8;
/** Heights of a row in pixels: of one line, and of two where it is narrow. */
const ROW = 36;
const ROW_NARROW = 56;
const NARROW = 560;

/** The timeline: a list of which only what is seen is in the page, however long it is. */
export function Rows() {
  const scroller = useRef<HTMLDivElement>(null);
  const first = useSignal(0);
  const seen = useSignal(20);
  const row = useSignal(ROW);
  const head = useRef<string | undefined>(undefined);
  const top = useRef(0);
  const all = entries.value;
  const at = chosen.value ? keyOf(chosen.value) : '';

  const look = () => {
    const box = scroller.current;
    if (!box) return;
    row.value = box.clientWidth < NARROW ? ROW_NARROW : ROW;
    top.current = box.scrollTop;
    first.value = Math.max(0, Math.floor(box.scrollTop / row.value) - BEYOND);
    seen.value = Math.ceil(box.clientHeight / row.value) + 2 * BEYOND;
  };

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  // Who reads further down is not moved by what is new above.
  useLayoutEffect(() => {
    const box = scroller.current;
    // What was told of the last scroll: to ask now would have the page laid out once more.
    if (box && top.current > 0 && head.current !== undefined) {
      const added = all.findIndex((entry) => keyOf(entry) === head.current);
      if (added > 0) box.scrollTop += added * row.peek();
    }
    head.current = all[0] && keyOf(all[0]);
  }, [all]);

  const move = (event: KeyboardEvent) => {
    const present = all.findIndex((entry) => keyOf(entry) === at);
    const page = Math.max(1, seen.value - 2 * BEYOND - 1);
    const steps: Record<string, number> = {
      ArrowDown: present + 1,
      ArrowUp: present < 0 ? 0 : present - 1,
      PageDown: present + page,
      PageUp: present - page,
      Home: 0,
      End: all.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined || all.length === 0) return;
    event.preventDefault();
    const next = Math.min(all.length - 1, Math.max(0, to));
    chosen.value = all[next] ?? null;
    show(scroller.current, next * row.value, row.value);
  };

  const part = all.slice(first.value, first.value + seen.value);
  const active = part.findIndex((entry) => keyOf(entry) === at);
  return (
    <div
      ref={scroller}
      class="timeline"
      role="listbox"
      aria-label="Messages"
      tabIndex={0}
      data-narrow={row.value === ROW_NARROW}
      {...(active >= 0 && { 'aria-activedescendant': `message-${first.value + active}` })}
      onScroll={look}
      onKeyDown={move}
    >
      <div role="presentation" class="timeline-all" style={{ height: `${all.length * row.value}px` }}>
        {part.map((entry, index) => (
          <Row key={keyOf(entry)} entry={entry} place={first.value + index} of={all.length} height={row.value} isChosen={index === active} />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly entry: Entry;
  readonly place: number;
  readonly of: number;
  readonly height: number;
  readonly isChosen: boolean;
}

function Row({ entry, place, of, height, isChosen }: RowProps) {
  const { sign, word, tone } = statusOf(entry);
  return (
    <div
      role="option"
      id={`message-${place}`}
      class="timeline-row"
      aria-selected={isChosen}
      aria-setsize={of}
      aria-posinset={place + 1}
      style={{ transform: `translateY(${place * height}px)`, height: `${height}px` }}
      onClick={() => (chosen.value = entry)}
    >
      <span class={`row-status ${tone}`}>
        <span aria-hidden="true">{sign}</span> {word}
      </span>
      <span class="row-nonce quiet">{entry.cron === undefined ? `#${entry.nonce}` : `after #${entry.nonce}`}</span>
      <span class="row-what">
        <strong>{entry.action || 'no action'}</strong>{' '}
        <span class="quiet">
          {entry.cron === undefined ? `from ${whois(entry.from)}` : entry.cron}
          {scope.value === 'all' && ` to ${whois(entry.process)}`}
        </span>
      </span>
      <span class="row-gas quiet">{entry.gas === undefined ? '' : `${count(entry.gas)} gas`}</span>
      <time class="row-time quiet">{timeOf(entry.time)}</time>
    </div>
  );
}

function show(box: HTMLElement | null, top: number, height: number): void {
  if (!box) return;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
}
