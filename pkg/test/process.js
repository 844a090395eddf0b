// What the tests of the machine and of the loader send.

const OWNER = 'owner';

export const environment = {
  Process: { Id: 'process', Owner: OWNER, Tags: [{ name: 'Name', value: 'test' }] },
  Module: { Id: 'module', Owner: '', Tags: [] },
};

let count = 0;

/** A message from the owner, with `tags` as an object. */
export function message(tags, data = '', fields = {}) {
  count += 1;
  return {
    Id: `message-${count}`,
    Target: 'process',
    From: OWNER,
    Owner: OWNER,
    Data: data,
    Tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
    Timestamp: 1_700_000_000_000 + count,
    'Block-Height': 1000,
    Module: 'module',
    ...fields,
  };
}

/** The process's own data item, which evaluates `lua`. */
export const spawn = (lua = '') => message({ Type: 'Process', 'On-Boot': 'Data' }, lua, { Id: 'process' });

export const lua = (code) => message({ Action: 'Eval' }, code);

export const PING = `
  Handlers.add("ping", Handlers.utils.hasMatchingTag("Action", "Ping"), function(msg)
    ao.send({ Target = msg.From, Data = "pong" })
  end)
`;

/** A message that the runtime refuses before the process sees it. */
export const refused = () => message({ 'Content-Type': 'application/json' }, 'no JSON');
