// A workload done on a unit, in a page or in Node: what `crate/unit/examples/differential.rs` does natively.

/** So few machines are live that they come and go, where there is a storage to which they can go. */
export const SETTINGS = { liveProcesses: 2 };

/** The time at which the unit opens, in milliseconds since 1970; it stands there. */
export const OPENED = 1_700_000_000_000;

/** Put before what opens the unit: a clock that stands, and an identity that is everywhere the same. */
export const STANDING = `
Date.now = () => ${OPENED};
const draw = crypto.getRandomValues.bind(crypto);
crypto.getRandomValues = (bytes) => (bytes.length === 32 ? bytes.fill(1) : draw(bytes));
`;

/** Does one step after the other on what `open` opens; resolves to a line for each outcome. */
export async function drive(open, steps) {
  const lines = [];
  let unit = await open();
  const settled = async () => {
    for (;;) {
      const processes = await unit.processes();
      if (processes.every(({ length, evaluated }) => length === evaluated)) return processes;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  let owner;
  const verbs = {
    accept: ({ item }) => unit.accept(bytes(item)),
    advance: ({ milliseconds }) => unit.advanceClock(milliseconds),
    checkpoint: ({ process }) => unit.checkpointNow(process),
    monitor: ({ process }) => unit.monitor(process),
    fork: async ({ process, nonce, id }) => {
      const made = await unit.fork(process, { nonce });
      if (made !== id) throw new Error(`the fork is ${made}, not ${id}`);
    },
    reopen: async () => {
      await unit.close();
      unit = await open();
    },
    dryrun: async ({ process, lua }) => {
      owner ??= (await unit.processes())[0].owner;
      const Tags = [{ name: 'Action', value: 'Eval' }];
      const message = { Id: '0'.repeat(43), Target: process, Owner: owner, Anchor: '0', Data: lua, Tags };
      lines.push({ dryrun: lines.length, outcome: await unit.ask('dryrun', process, JSON.stringify(message)) });
    },
  };
  for (const step of steps) {
    await verbs[step.step](step);
    await settled();
  }
  const ids = (await settled()).map(({ id }) => id);
  for (const process of ids.sort()) {
    const { edges } = await unit.log({ process, limit: 100_000 });
    for (const [nonce, { node }] of edges.entries()) {
      const outcome = await unit.ask('result', process, node.message.id);
      lines.push({ process, nonce, assignment: node.assignment.id, outcome });
    }
  }
  await unit.close();
  return lines;
}
