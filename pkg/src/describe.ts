/** Text that is longer is not repeated: it may be a file, or a key. */
const SHOWN = 40;

/** What a value is, for the text of an error. It throws for no value, and repeats none that is long. */
export function describe(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > SHOWN ? `text of ${value.length} characters` : `'${value}'`;
  }
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value !== 'object' || value === null) return String(value);
  // `String(value)` asks the object, which need not have an answer.
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  return `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind}`;
}
