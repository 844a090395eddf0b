// What was asked of a unit and not done: refusals, and what nobody answered.

/** With what a unit may refuse anything: by whether a transaction of it was aborted, and how its worker ended. */
function expectedCodes({ aborted, how }) {
  return [...(aborted > 0 ? ['STORE_ABORTED', 'STORE_FAILED'] : []), ...(how === 'terminate' ? ['CRASHED'] : [])];
}

/**
 * Of a round, whose `operations` each have a `kind` and, if they were answered, `answer`: `{ id }` or `{ refused }`, an
 * error's name, code and message. Answers how many were refused, by kind and code, how many were not answered, by
 * kind, and as faults what should not have been refused, or not like that.
 *
 * A page that is there when its worker ends is told so of all that it asked. One that goes with it is told nothing.
 */
export function refusalsOf({ operations, how, aborted }) {
  const expected = expectedCodes({ how, aborted });
  const refused = {};
  const unanswered = {};
  const faults = [];
  for (const { kind, answer } of operations) {
    if (!answer) {
      unanswered[kind] = (unanswered[kind] ?? 0) + 1;
      if (how === 'terminate') faults.push({ kind: 'refusal', what: `a ${kind} that nobody answered` });
      continue;
    }
    if (!answer.refused) continue;
    const { name, code = name } = answer.refused;
    refused[kind] = { ...refused[kind], [code]: (refused[kind]?.[code] ?? 0) + 1 };
    const isExpected = name === 'UnitError' && expected.includes(code);
    if (!isExpected) faults.push({ kind: 'refusal', what: `a ${kind}`, ...answer.refused });
  }
  return { refused, unanswered, faults };
}

/** Messages and processes that were refused because nothing of them could be written are nowhere. */
export function keptAlthoughRefused(refusedIds, processes) {
  const ids = new Set(refusedIds);
  const kept = processes.flatMap(({ id: process, log }) => log.filter(({ id }) => ids.has(id)).map(({ id }) => ({ process, id })));
  return kept.map((place) => ({ kind: 'refusal', what: 'a message that is there', ...place }));
}

/** The sum of two of such counts, by kind, or by kind and code. */
export function sum(counts, more) {
  const all = { ...counts };
  for (const [key, count] of Object.entries(more)) {
    all[key] = typeof count === 'number' ? (all[key] ?? 0) + count : sum(all[key] ?? {}, count);
  }
  return all;
}
