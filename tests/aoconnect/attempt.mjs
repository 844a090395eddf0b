// Calls, and what came of them in a form in which two libraries can be compared.

/**
 * Calls `run`, and tells what came of it: how it ended, and with what. An error is its name, its words, whether it is a
 * `TypeError`, and what zod knows of it: whatever callers look at, but not where it was thrown.
 */
export async function attempt(run) {
  let answer;
  try {
    answer = run();
  } catch (thrown) {
    return { how: 'throws', error: described(thrown) };
  }
  const how = answer instanceof Promise ? 'resolves' : 'returns';
  try {
    return { how, value: await answer };
  } catch (thrown) {
    return { how: 'rejects', error: described(thrown) };
  }
}

function described(thrown) {
  if (!(thrown instanceof Error)) return { thrown };
  const { name, message, code, isUsers = false } = thrown;
  const issues = 'issues' in thrown ? { issues: thrown.issues } : {};
  // The code is ours: it is looked at by itself, and not compared.
  return { name, message, isTypeError: thrown instanceof TypeError, ...issues, ours: { code, isUsers } };
}

/**
 * What came of an attempt, without what no two runs share: ids that have a name are called by it, others are numbered as
 * they come, and times are times. An id that both runs have is a constant, and stays. What is in a cursor is read out of
 * it. How much gas is used depends on the bytes of ids. All of it is JSON: what JSON has no word for has one in brackets.
 *
 * @param names - names by ids.
 * @param constants - ids that stay.
 */
export function comparable(outcome, names = new Map(), constants = new Set()) {
  const numbers = new Map();
  const called = (id) => {
    if (constants.has(id)) return id;
    if (names.has(id)) return names.get(id);
    if (!numbers.has(id)) numbers.set(id, `(id ${numbers.size + 1})`);
    return numbers.get(id);
  };
  const plain = (value) => {
    if (typeof value === 'number') return value > 1e12 && value < 1e14 ? '(a time)' : Number.isFinite(value) ? value : `(${value})`;
    if (typeof value === 'string') return text(value);
    if (typeof value === 'function') return `(a function of ${value.length})`;
    if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`;
    if (Array.isArray(value)) return value.length > 500 && value.every(Number.isInteger) ? `(a list of ${value.length} numbers)` : value.map(plain);
    if (typeof value === 'boolean' || value === null) return value;
    if (typeof value !== 'object') return `(${String(value)})`;
    // In whichever order fields are written.
    const fields = Object.entries(value).filter(([name]) => name !== 'ours');
    const inOrder = fields.sort(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(inOrder.map(([name, field]) => [name, name === 'GasUsed' ? '(gas)' : plain(field)]));
  };
  const text = (value) => {
    const cursor = cursorIn(value);
    if (cursor) return { cursor: plain(cursor) };
    return value
      .replace(/(?<![\w-])[\w-]{683}(?![\w-])/g, '(a key or a signature)')
      .replace(IDS, called)
      .replace(/(?<!\d)1\d{12}(?!\d)/g, '(a time)')
      .replace(/(?<!\d)0\d{11}(?!\d)/g, '(a height)');
  };
  return plain(outcome);
}

const IDS = /(?<![\w-])[\w-]{43}(?![\w-])/g;

/** The ids in whatever came of attempts. */
export function idsIn(outcomes) {
  return new Set(JSON.stringify(outcomes).match(IDS));
}

function cursorIn(value) {
  if (!/^eyJ[\w+/]+=*$/.test(value)) return undefined;
  try {
    return JSON.parse(atob(value));
  } catch {
    return undefined;
  }
}
