/** A stretch of text in one colour of a terminal. */
export interface Stretch {
  readonly text: string;
  /** `red`, `green`, …; missing where it is the colour of all text. */
  readonly colour?: Colour | undefined;
  readonly bold?: boolean | undefined;
}

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
export type Colour = (typeof COLOURS)[number] | 'gray';

const ESCAPE = /\u001b\[([\d;]*)([A-Za-z])/g;
/** Characters that a terminal would obey, and a page would show as nothing. Tabs and line ends stay. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/** Text for a terminal as stretches of one colour each. It stays text: nothing in it is markup. */
export function stretches(text: string): Stretch[] {
  const found: Stretch[] = [];
  let style: Omit<Stretch, 'text'> = {};
  let at = 0;
  const push = (to: number) => {
    const plain = text.slice(at, to).replace(CONTROL, '');
    if (plain !== '') found.push({ text: plain, ...style });
  };
  for (const match of text.matchAll(ESCAPE)) {
    push(match.index);
    at = match.index + match[0].length;
    if (match[2] === 'm') for (const code of (match[1] || '0').split(';')) style = styled(style, Number(code));
  }
  push(text.length);
  return found;
}

/** The text alone. */
export function withoutColours(text: string): string {
  return text.replace(ESCAPE, '').replace(CONTROL, '').trim();
}

function styled(style: Omit<Stretch, 'text'>, code: number): Omit<Stretch, 'text'> {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 22) return { ...style, bold: undefined };
  if (code === 39) return { ...style, colour: undefined };
  if (code === 90) return { ...style, colour: 'gray' };
  if (code >= 30 && code <= 37) return { ...style, colour: COLOURS[code - 30] };
  if (code >= 91 && code <= 97) return { ...style, colour: COLOURS[code - 90] };
  return style;
}
