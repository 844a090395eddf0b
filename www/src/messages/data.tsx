import { useSignal } from '@preact/signals';
import { count } from './format.ts';

type Form = 'Text' | 'JSON' | 'Hex';

/** So many characters, or bytes of hexadecimal, are shown at first. */
const FIRST = 32_768;
const FIRST_BYTES = 4_096;

interface DataProps {
  readonly data: string;
  /** What it is, if `data` may stand for something else. */
  readonly bytes?: Uint8Array | undefined;
  readonly label?: string;
}

/** What a message carries: as text, as JSON, as bytes. */
export function DataView({ data, bytes, label = 'Data' }: DataProps) {
  const form = useSignal<Form>('Text');
  const isWhole = useSignal(false);
  const json = data.length <= LARGEST ? indented(data) : undefined;
  const shown = form.value === 'JSON' && json === undefined ? 'Text' : form.value;
  const all = shown === 'Text' ? data : shown === 'JSON' ? (json ?? '') : hexOf(firstOf(bytes ?? data, isWhole.value ? Infinity : FIRST_BYTES));
  const text = isWhole.value ? all : all.slice(0, FIRST);
  const size = bytes?.length ?? new Blob([data]).size;
  const isCut = text.length < all.length || (shown === 'Hex' && !isWhole.value && size > FIRST_BYTES);
  return (
    <div class="data">
      <div class="data-forms" role="group" aria-label={`How ${label} is shown`}>
        {(['Text', 'JSON', 'Hex'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={shown === one}
            disabled={one === 'JSON' && json === undefined}
            title={one === 'JSON' && json === undefined ? 'It is no JSON' : undefined}
            onClick={() => (form.value = one)}
          >
            {one}
          </button>
        ))}
        <span class="quiet">{size === 1 ? '1 byte' : `${count(size)} bytes`}</span>
      </div>
      <pre role="group" tabIndex={0} aria-label={label}>{text}</pre>
      {isCut && (
        <button type="button" onClick={() => (isWhole.value = true)}>
          Show all
        </button>
      )}
    </div>
  );
}

/** What is larger is not looked at for whether it is JSON. In characters. */
const LARGEST = 1_000_000;

/** JSON as one reads it; `undefined` of what is none, and of bare numbers and words, which are as readable as text. */
function indented(text: string): string | undefined {
  if (!/^\s*[[{"]/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

const WIDTH = 16;

/** Bytes as `xxd` writes them: where, what, and what of it is ASCII. */
function hexOf(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += WIDTH) {
    const part = [...bytes.subarray(at, at + WIDTH)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = part.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(8, '0')}  ${hex.padEnd(3 * WIDTH - 1)}  ${ascii}`);
  }
  return lines.join('\n');
}

/** So many bytes of it at most. */
function firstOf(data: string | Uint8Array, most: number): Uint8Array {
  // A character is a byte at least.
  return (typeof data === 'string' ? new TextEncoder().encode(data.slice(0, most)) : data).subarray(0, most);
}
