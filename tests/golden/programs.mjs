// The programs of tests/process through `ao-unit/machine`: what each prints, or how it fails. It runs in Node and in a
// page; crate/machine/tests/programs.rs does the same natively.

const PING = "Handlers.add('Ping', 'Ping', function(m) m.reply({ Data = 'pong' }) end)\n";
const OWNER = 'OWNER';

const environment = {
  Process: { Id: 'PROCESS', Owner: OWNER, Tags: [{ name: 'Module', value: 'MODULE' }] },
  Module: { Id: 'MODULE', Owner: '', Tags: [] },
};

/** Runs every case from the state that the program's boot left. Resolves to a text for each that is not as expected. */
export async function runProgram(createMachine, { title, boot, cases }) {
  const machine = await createMachine();
  const spawn = { Type: 'Process', Module: 'MODULE', 'On-Boot': 'Data' };
  const { Error } = machine.evaluate(message('PROCESS', spawn, PING + boot), environment);
  if (Error !== undefined) return [`${title}: the boot fails: ${Error}`];
  const booted = machine.image();
  return cases.flatMap((expected) => {
    machine.restore(booted);
    const wrong = failureOf(machine, expected);
    return wrong === undefined ? [] : [`${title}: ${expected.lua}: ${wrong}`];
  });
}

function failureOf(machine, { lua, prints, fails }) {
  const { Error, Output } = machine.evaluate(message('EVAL', { Action: 'Eval' }, lua), environment);
  const isRight = fails === undefined ? Error === undefined && Output.data === prints : String(Error).endsWith(fails);
  if (!isRight) return Error ?? Output.data;
  const { Messages } = machine.evaluate(message('PING', { Action: 'Ping' }, ''), environment);
  return Messages[0]?.Data === 'pong' ? undefined : 'it does not answer afterwards';
}

function message(id, tags, data) {
  return {
    Id: id,
    Target: 'PROCESS',
    From: OWNER,
    Owner: OWNER,
    Tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
    Data: data,
    Timestamp: 1_709_210_096_789,
    'Block-Height': 1_000_000,
    Nonce: 1,
    Epoch: 0,
  };
}
