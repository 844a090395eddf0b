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
  const { name, message, issues, code, cause } = thrown;
  // The code and the cause are ours: they are looked at by themselves, and not compared.
  return { name, message, isTypeError: thrown instanceof TypeError, issues, ours: { code, cause } };
}

/**
 * What came of an attempt, without what no two runs share: ids, keys and signatures are numbered in the order in which
 * they first appear, times are times. What is in a cursor is read out of it.
 */
export function comparer() {
  const labels = new Map();
  const label = (kind, text) => {
    if (!labels.has(text)) labels.set(text, `${kind} ${labels.size + 1}`);
    return labels.get(text);
  };
  const plain = (value) => {
    if (typeof value === 'number') return value > 1e12 && value < 1e14 ? 'a time' : value;
    if (typeof value === 'string') return text(value);
    if (typeof value === 'function') return `a function of ${value.length}`;
    if (ArrayBuffer.isView(value)) return 'bytes';
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    // What is undefined is as good as absent, in whichever order fields are written.
    const fields = Object.entries(value).filter(([name, field]) => field !== undefined && name !== 'ours');
    return Object.fromEntries(fields.sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, field]) => [name, plain(field)]));
  };
  const text = (value) => {
    const cursor = cursorIn(value);
    if (cursor) return { cursor: plain(cursor) };
    return value
      .replace(/(?<![\w-])[\w-]{683}(?![\w-])/g, (key) => label('key', key))
      .replace(/(?<![\w-])[\w-]{86}(?![\w-])/g, 'a signature')
      .replace(/(?<![\w-])[\w-]{43}(?![\w-])/g, (id) => label('id', id))
      .replace(/(?<!\d)1\d{12}(?!\d)/g, 'a time')
      .replace(/(?<!\d)0{4,}\d{5,8}(?!\d)/g, 'a height');
  };
  return plain;
}

function cursorIn(value) {
  if (!/^eyJ[\w+/]+=*$/.test(value)) return undefined;
  try {
    return JSON.parse(atob(value));
  } catch {
    return undefined;
  }
}
