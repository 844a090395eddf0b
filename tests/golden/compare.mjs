// What of a result is compared with the recorded one, and how: tests/golden/README.md. It runs in Node and in a page.
// crate/machine/tests/golden.rs compares natively, by the same rules.

/** A result as one text: two results agree when their texts are equal. */
export function comparable({ result, threw }) {
  if (threw !== undefined) return `threw ${normal(threw)}`;
  if (result.Error !== undefined && result.Error !== null) return `Error ${normal(text(result.Error))}`;
  const { Output, Messages, Spawns, Assignments } = result;
  const data = normal(typeof Output?.data === 'string' ? Output.data : '');
  return JSON.stringify([data, ...[Messages, Spawns, Assignments].map(sendables)], null, 1);
}

// A process may have put something else there.
const sendables = (list) => (Array.isArray(list) ? list.map(sendable) : []);

/** A message: the first four tags in order, the rest as a set. */
function sendable({ Tags, ...fields }) {
  const tags = (Tags ?? []).map(({ name, value }) => `${name} = ${sortedJson(value)}`);
  const own = Object.entries(fields).map(([name, value]) => `${name}: ${sortedJson(value)}`);
  return [...own.sort(), ...tags.slice(0, 4), ...tags.slice(4).sort()];
}

/** Text that holds JSON is compared by its value, not by the order of its keys. */
function sortedJson(value) {
  if (typeof value !== 'string') return canonical(value);
  const plain = normal(value);
  try {
    return `json ${canonical(JSON.parse(plain))}`;
  } catch {
    return plain;
  }
}

/** JSON with its keys in order. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`)}}`;
}

/** Without what differs from engine to engine: addresses, places in the runtime's files, the order of `pairs`. */
function normal(value) {
  return sortedLines(
    withoutTraceback(value.replace(/0x[0-9a-f]*/gi, '0x…')).replace(RUNTIME_POSITION, '[runtime]:'),
  );
}

/** `[string ".handlers"]:723: `; the user's own chunk keeps its line. */
const RUNTIME_POSITION = /\[string (?:"\.|\\?"json\\?").*?\]:\d*/gs;

function withoutTraceback(value) {
  const [start, end] = [value.indexOf('stack traceback:'), value.lastIndexOf('\x1b[31merror:')];
  return start < 0 || end < 0 ? value : value.slice(0, start) + value.slice(end);
}

/**
 * A printed table's lines come in the order of `pairs`: from the line that ends with its brace to the brace that closes
 * it. All other lines keep their order.
 */
function sortedLines(value) {
  const lines = value.split('\n');
  let start = -1;
  for (const [index, line] of lines.entries()) {
    if (start < 0 && line.endsWith('{')) start = index;
    if (start < 0 || !/^ ?}$/.test(line)) continue;
    const table = lines.slice(start, index + 1).map((inner) => inner.replace(/,+$/, ''));
    lines.splice(start, table.length, ...table.sort());
    start = -1;
  }
  return lines.join('\n');
}

const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
