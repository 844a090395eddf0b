// Puts recorded messages to the loader, in Node and in a page.

/**
 * Evaluates the steps of a scenario as a unit does, which keeps no state of a step that fails.
 * Resolves to `{ result }` or `{ threw }` for each.
 */
export async function replay(loader, steps) {
  let handle = await loader();
  let memory = null;
  const answers = [];
  for (const { msg, env } of steps) {
    const answer = await step(() => handle(memory, msg, env));
    answers.push(answer.threw === undefined ? { result: shareable(answer.result) } : answer);
    if (answer.result && answer.result.Error === undefined) memory = answer.result.Memory;
    // Nothing rolls back by itself, and before the first success there is no memory to go back to.
    if (memory === null) handle = await loader();
  }
  return answers;
}

async function step(work) {
  try {
    return { result: await work() };
  } catch (reason) {
    // The loader throws the runtime's own reason as text; any error of its own fails the test.
    if (typeof reason !== 'string') throw reason;
    return { threw: reason };
  }
}

/** What a page can hand to the test that drives it. */
function shareable({ Memory: _, ...result }) {
  return result;
}
